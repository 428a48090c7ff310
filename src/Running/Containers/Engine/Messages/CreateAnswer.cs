namespace Aios.Running.Containers.Engine.Messages;

/// <summary>Of <c>POST /containers/create</c>.</summary>
internal sealed record CreateAnswer(string Id);
