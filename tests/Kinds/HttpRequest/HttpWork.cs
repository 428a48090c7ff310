namespace Aios.Tests.Kinds.HttpRequest;

/// <summary>A request to a server; an answer of 400 or above fails the run.</summary>
internal sealed record HttpWork : JobWork
{
    public override WorkKind Kind => HttpKind.Instance;

    public string Url { get; init; } = "";

    public string Method { get; init; } = "GET";

    public override TLaunch LaunchOn<TLaunch>(IWorkHost<TLaunch> host) =>
        host.Command(["curl", "--silent", "--show-error", "--fail", "--request", Method, Url]);
}
