namespace Aios.Running.Containers.Engine.Messages;

/// <summary>Of <c>POST /containers/ID/wait</c>.</summary>
internal sealed record WaitAnswer(int StatusCode);
