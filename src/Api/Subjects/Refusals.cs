using Aios.Api.Routes;
using Aios.Control.Flows;

namespace Aios.Api.Subjects;

/// <summary>Orders that are not followed, as HTTP has them.</summary>
internal static class Refusals
{
    /// <exception cref="ProblemException">The order was not followed.</exception>
    public static void ThrowIf(Refusal? refusal)
    {
        if (refusal is null)
            return;
        throw new ProblemException(
            refusal.Kind switch
            {
                RefusalKind.Unknown => Problem.NotFound(refusal.Words),
                RefusalKind.Forbidden => new Problem(403, "forbidden", "Not allowed", refusal.Words),
                RefusalKind.Conflict => Problem.Conflict(refusal.Words),
                _ => Problem.Invalid("", refusal.Words),
            }
        );
    }
}
