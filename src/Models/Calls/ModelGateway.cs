using System.Collections.Concurrent;
using Aios.Models.Configuration;
using Aios.Models.Money;
using Aios.Models.Wire;
using Aios.Platform;
using Aios.Store;
using Aios.Store.Flows;
using Aios.Store.Models;

namespace Aios.Models.Calls;

/// <summary>Answers calls to language models by the models of a home.</summary>
internal sealed class ModelGateway : IAsyncDisposable
{
    private static readonly TimeSpan PatienceWithLedger = TimeSpan.FromSeconds(5);

    private readonly ProviderClients _clients = new();
    private readonly ConcurrentDictionary<string, ProviderRate> _rates = new(StringComparer.Ordinal);
    private readonly LiveCalls _live;

    /// <param name="settings">The settings in force.</param>
    /// <param name="write">Does work in a transaction of the database; the task ends when it is durable.</param>
    /// <param name="owner">The boot of the daemon.</param>
    /// <param name="clock">The only source of time.</param>
    /// <param name="warn">Told of rows that could not be written.</param>
    /// <param name="recorded">Told of each row that is durable.</param>
    /// <param name="asked">Told of a question to people, within the transaction in which it is asked.</param>
    public ModelGateway(
        LiveModelSettings settings,
        Func<Func<IStoreTransaction, long>, Task<long>> write,
        string owner,
        TimeProvider clock,
        Action<string> warn,
        Action<CallRecord, AnswerFacts> recorded,
        Action<IStoreTransaction, ApprovalRecord> asked
    )
    {
        Settings = settings;
        _live = new LiveCalls(
            Settings,
            new CandidateChooser(clock),
            name => _rates.GetOrAdd(name, static (_, time) => new ProviderRate(time), clock),
            new ProviderKeys(settings.Home),
            new ProviderSender(_clients, clock),
            new BudgetLedger(write, owner, clock, asked),
            new CallLog(write, owner, clock, warn, recorded),
            clock
        );
    }

    /// <summary>The settings in force.</summary>
    public LiveModelSettings Settings { get; }

    /// <summary>Answers a call.</summary>
    /// <exception cref="StoreException">The database takes nothing just now.</exception>
    public Task<GatewayReply> Call(GatewayCall call, CancellationToken cancellation)
    {
        var settings = Settings.Current;
        if (_live.Log.IsFull)
            return Task.FromResult(ErrorReply(call.Wire, CallErrors.LedgerFull()));
        if (!call.Caller.Access.Allows(call.Route))
            return Task.FromResult(ErrorReply(call.Wire, CallErrors.NotAllowed(call.Route, call.Caller)));
        if (settings.RouteTo(call.Route) is not { } route)
        {
            var known = settings.Routes.Keys.Concat(settings.Models.Keys);
            var hint = Settings.Exists ? NearestName.Hint(call.Route, known) : $" There is no such file in {Settings.Home} yet.";
            return Task.FromResult(ErrorReply(call.Wire, CallErrors.NoSuchModel(call.Route, hint)));
        }

        return new CallSession(_live, call, settings, route, cancellation).Run();
    }

    /// <summary>Notes how good an answer of a model was, from 0 to 1; routes with the strategy <c>best</c> count it.</summary>
    public void NoteQuality(string model, double score) => _live.Chooser.MeterOf(model).Rate(score);

    /// <summary>Gives back what is held of budgets for calls to come, so that they have to be taken anew.</summary>
    public void ReturnHeld() => _ = Try(_live.Budgets.GiveBack);

    /// <summary>
    /// Has the ledger written and gives back what is held of budgets. As soon as the device is offline, what it holds is lost.
    /// </summary>
    public async Task Finish()
    {
        await Try(_live.Log.Written).ConfigureAwait(false);
        await Try(_live.Budgets.GiveBack).ConfigureAwait(false);
    }

    /// <summary>An error in the format of whoever asked.</summary>
    public static GatewayReply ErrorReply(IClientWire wire, GatewayError error)
    {
        var body = Json.Bytes(json => wire.WriteError(json, error));
        var wait = error.RetryAfter is { } rest ? Math.Ceiling(rest.TotalSeconds) : (double?)null;
        return new GatewayReply(error.Status, body, null)
        {
            Headers = wait is { } seconds
                ? [("Retry-After", seconds.ToString("0", System.Globalization.CultureInfo.InvariantCulture))]
                : [],
        };
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Finish().ConfigureAwait(false);
        _clients.Dispose();
    }

    private static async Task Try(Func<Task> work)
    {
        try
        {
            await work().WaitAsync(PatienceWithLedger).ConfigureAwait(false);
        }
        catch (Exception error) when (error is TimeoutException or StoreException or ObjectDisposedException or InvalidOperationException)
        {
            // What is not given back counts as spent.
        }
    }
}
