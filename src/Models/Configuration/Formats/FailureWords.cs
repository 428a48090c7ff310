using System.Collections.Immutable;

namespace Aios.Models.Configuration;

/// <summary>The words for failures.</summary>
internal static class FailureWords
{
    /// <summary>Those for which another model may be tried.</summary>
    public static readonly ImmutableArray<(string Name, FailureKind Kind)> All =
    [
        ("connection", FailureKind.Connection),
        ("timeout", FailureKind.Timeout),
        ("rate_limit", FailureKind.RateLimit),
        ("server_error", FailureKind.ServerError),
        ("bad_answer", FailureKind.BadAnswer),
        ("auth", FailureKind.Auth),
        ("context", FailureKind.Context),
    ];
}
