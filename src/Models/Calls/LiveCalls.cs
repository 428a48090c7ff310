using Aios.Models.Configuration;
using Aios.Models.Money;

namespace Aios.Models.Calls;

/// <summary>What all calls of a gateway share.</summary>
/// <param name="Settings">The settings in force.</param>
/// <param name="Chooser">Which models may answer.</param>
/// <param name="Rates">Holds providers to what they allow in a minute, by name.</param>
/// <param name="Keys">Where the keys of providers are.</param>
/// <param name="Sender">Sends requests.</param>
/// <param name="Budgets">Holds amounts for calls.</param>
/// <param name="Log">Writes the ledger.</param>
/// <param name="Clock">The only source of time.</param>
internal sealed record LiveCalls(
    LiveModelSettings Settings,
    CandidateChooser Chooser,
    Func<string, ProviderRate> Rates,
    ProviderKeys Keys,
    ProviderSender Sender,
    BudgetLedger Budgets,
    CallLog Log,
    TimeProvider Clock
);
