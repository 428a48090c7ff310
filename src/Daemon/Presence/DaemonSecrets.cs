using Aios.Running.Secrets;

namespace Aios.Daemon.Presence;

/// <summary>Masks what a program says by a verb, as what it prints is masked.</summary>
internal static class DaemonSecrets
{
    /// <summary>A text without the secrets of the run that this process is part of; the same outside of a run.</summary>
    public static string Mask(string text) => SecretSources.OfThisRun()?.Mask(text, mayBeCutOff: true) ?? text;

    /// <summary>JSON without them.</summary>
    public static string MaskJson(string json) => SecretSources.OfThisRun() is { } mask ? ResultMask.Apply(mask, json) : json;
}
