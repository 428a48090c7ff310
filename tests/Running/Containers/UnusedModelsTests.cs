using System.Reflection;
using System.Text;
using Aios.Tests.Docs;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace Aios.Tests.Running.Containers;

/// <summary>The library can read and write every message of the Engine API. The list names those that the executable leaves out.</summary>
public sealed class UnusedModelsTests
{
    private const string Page = "src/Running/Containers/Engine/UnusedModels.xml";

    // What the calls in EngineClient send and receive.
    private static readonly Type[] Used =
    [
        typeof(VersionResponse),
        typeof(CreateContainerParameters),
        typeof(CreateContainerResponse),
        typeof(ContainerWaitResponse),
        typeof(ContainerInspectResponse),
        typeof(ContainerListResponse[]),
        typeof(IDictionary<string, IDictionary<string, bool>>),
        typeof(ContainerPathStatResponse),
        typeof(AuthConfig),
        typeof(JSONMessage),
    ];

    // In the order in which the library asks them.
    private static readonly string[] Contexts =
    [
        "Docker.DotNet.Models.DockerModelsJsonSerializerContext",
        "Docker.DotNet.DockerExtendedJsonSerializerContext",
    ];

    private static readonly Assembly Library = typeof(DockerClient).Assembly;

    [Fact]
    public void The_list_has_all_that_no_call_of_AIOS_needs()
    {
        var expected = List();
        if (Documents.Read(Page) == expected)
            return;
        var written = Path.Combine(Path.GetTempPath(), Path.GetFileName(Page));
        File.WriteAllText(written, expected);
        Assert.Fail($"the library or the calls have changed: cp {written} {Page}");
    }

    private static string List()
    {
        var needed = new HashSet<Type>();
        foreach (var type in Used)
            Collect(type, needed);
        var text = new StringBuilder(
            $"<!-- Written by {nameof(UnusedModelsTests)}. -->\n<linker>\n  <assembly fullname=\"{Library.GetName().Name}\">\n"
        );
        foreach (var context in Contexts.Select(name => Library.GetType(name, throwOnError: true)!))
        {
            text.Append($"    <type fullname=\"{context.FullName}\">\n");
            foreach (var maker in Makers(context))
            {
                // What both contexts have is taken from the first.
                if (!needed.Remove(ModelOf(maker)))
                    text.Append($"      <method signature=\"{Signature(maker)}\" body=\"remove\" />\n");
            }

            text.Append("    </type>\n");
        }

        return text.Append("  </assembly>\n</linker>\n").ToString();
    }

    private static void Collect(Type type, HashSet<Type> found)
    {
        if (!found.Add(type))
            return;
        foreach (var argument in type.GetGenericArguments())
            Collect(argument, found);
        if (type.IsArray)
            Collect(type.GetElementType()!, found);
        if (type.Assembly != Library)
            return;
        foreach (var property in type.GetProperties())
            Collect(property.PropertyType, found);
    }

    private static IEnumerable<MethodInfo> Makers(Type context) =>
        context
            .GetMethods(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .Where(method => method.Name.StartsWith("Create_", StringComparison.Ordinal))
            .OrderBy(method => method.Name, StringComparer.Ordinal);

    private static Type ModelOf(MethodInfo maker) => maker.ReturnType.GetGenericArguments()[0];

    private static string Signature(MethodInfo maker) =>
        $"{NameOf(maker.ReturnType)} {maker.Name}({NameOf(maker.GetParameters()[0].ParameterType)})";

    // As the compiler names types.
    private static string NameOf(Type type)
    {
        if (type.IsArray)
            return NameOf(type.GetElementType()!) + "[]";
        if (!type.IsGenericType)
            return type.FullName!.Replace('+', '/');
        return $"{type.GetGenericTypeDefinition().FullName}&lt;{string.Join(',', type.GetGenericArguments().Select(NameOf))}&gt;";
    }
}
