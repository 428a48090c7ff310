using System.Collections.Immutable;
using Aios.Api.Serving;
using Aios.Control.Confirm;

namespace Aios.Api;

/// <summary>What the API server needs to know.</summary>
internal sealed record ApiSettings
{
    /// <summary>Where it listens; empty for nowhere.</summary>
    public ImmutableArray<ListenAddress> Listen { get; init; } = [ListenAddress.Default];

    /// <summary>Keys from the environment, as they stand there.</summary>
    public string? Keys { get; init; }

    /// <summary>Names by which it is called besides its addresses, the machine's name and <c>localhost</c>.</summary>
    public ImmutableArray<string> Hosts { get; init; } = [];

    /// <summary>A file with the certificate and those that sign it, PEM; null for no TLS.</summary>
    public string? Certificate { get; init; }

    /// <summary>A file with its key, PEM.</summary>
    public string? CertificateKey { get; init; }

    /// <summary>How many requests a second each key and each address may make in the long run.</summary>
    public int RequestsPerSecond { get; init; } = DefaultRequestsPerSecond;

    /// <summary>Who must confirm which operations.</summary>
    public ConfirmRules Confirm { get; init; } = ConfirmRules.Default;

    /// <summary>More than a person's tools need, and less than harms.</summary>
    public const int DefaultRequestsPerSecond = 200;
}
