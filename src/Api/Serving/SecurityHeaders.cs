using Microsoft.AspNetCore.Http;

namespace Aios.Api.Serving;

/// <summary>What each answer says to browsers, so that no page can make anything else of it.</summary>
internal static class SecurityHeaders
{
    /// <summary>Adds them.</summary>
    public static void Add(IHeaderDictionary headers)
    {
        headers["X-Content-Type-Options"] = "nosniff";
        headers["X-Frame-Options"] = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cache-Control"] = "no-store";
    }
}
