namespace Aios.Store.Models;

/// <summary>What calls have cost.</summary>
/// <param name="Name">Of what: a job, a model, a day, a route, a provider.</param>
/// <param name="Calls">Attempts that were sent.</param>
/// <param name="InputTokens">Of all classes of input.</param>
/// <param name="OutputTokens">Of all classes of output.</param>
/// <param name="Cost">US dollars.</param>
/// <param name="UnknownCost">The part of it whose answers were lost and whose cost nobody has entered.</param>
internal sealed record CallTotal(string Name, long Calls, long InputTokens, long OutputTokens, decimal Cost, decimal UnknownCost);

/// <summary>By what the cost of calls is added up.</summary>
internal enum CallGroup
{
    /// <summary>The job whose run asked.</summary>
    Job,

    /// <summary>The model that answered.</summary>
    Model,

    /// <summary>The day, UTC.</summary>
    Day,

    /// <summary>What was asked for.</summary>
    Route,

    /// <summary>The provider that was called.</summary>
    Provider,
}

/// <summary>What a budget has given out.</summary>
/// <param name="Budget">Its name.</param>
/// <param name="Key">For what: the period, and the thing that it limits.</param>
/// <param name="Amount">US dollars.</param>
/// <param name="Updated">UTC.</param>
internal sealed record BudgetUse(string Budget, string Key, decimal Amount, DateTimeOffset Updated)
{
    /// <summary>What people have allowed beyond the limit, US dollars.</summary>
    public decimal Allowed { get; init; }

    /// <summary>The part of the amount that calls count whose answers were lost, US dollars.</summary>
    public decimal Unknown { get; init; }

    /// <summary>The part that running daemons hold, US dollars.</summary>
    public decimal Held { get; init; }

    /// <summary>The part that daemons held which have not ended as they should, US dollars.</summary>
    public decimal Lost { get; init; }
}
