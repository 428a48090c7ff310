namespace Aios.Models.Configuration;

/// <summary>Where a provider is, as seen from this machine.</summary>
internal enum ProviderPlace
{
    /// <summary>On this machine or in its own network.</summary>
    Local,

    /// <summary>Anywhere else.</summary>
    Remote,
}
