using System.Collections.Immutable;
using Aios.Jobs;
using Aios.Jobs.Formats;

namespace Aios.Tests.Kinds.HttpRequest;

/// <summary><c>http: ...</c></summary>
internal sealed class HttpKind : WorkKind
{
    private static readonly JobField Method = new JobField<string>(
        "method",
        new ChoiceFormat<string>(("GET", "GET"), ("POST", "POST"), ("DELETE", "DELETE"))
    )
    {
        Description = "What is asked of the server.",
        Example = "POST",
        Get = job => job.Work is HttpWork work ? work.Method : "GET",
        Set = (job, value) => job.Doing<HttpWork>(work => work with { Method = value }),
    };

    public static readonly HttpKind Instance = new();

    public override JobField Key { get; } =
        new JobField<string?>("http", new UrlFormat())
        {
            Description = "The address of a request.",
            Example = "https://example.org/renew",
            OneOf = OneOfKeys,
            Get = job => (job.Work as HttpWork)?.Url,
            Set = (job, value) => job.Doing<HttpWork>(work => work with { Url = value! }),
        };

    public override JobWork Blank { get; } = new HttpWork();

    internal override ImmutableArray<JobField> Details { get; } = [Method];

    internal override void Check(Job job, GivenFields given, Reporter report)
    {
        if (given.Entry(Method) is { } method && job.Work is not HttpWork)
            report.ForField(Method.Name).Error(method.Key, "needs \"http\", the address of the request");
    }
}
