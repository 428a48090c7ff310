using Aios.Control.Flows;
using Aios.Store;

namespace Aios.Cli;

/// <summary>Orders that are not followed, as the command line has them.</summary>
internal static class Refusals
{
    /// <exception cref="StoreException">The order does not fit how things are.</exception>
    /// <exception cref="CommandLineException">The order was not followed for another reason.</exception>
    public static void ThrowIf(Refusal? refusal)
    {
        if (refusal is not null)
            throw refusal.Kind == RefusalKind.Conflict ? new StoreException(refusal.Words) : new CommandLineException(refusal.Words);
    }
}
