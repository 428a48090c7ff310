using System.Collections.Concurrent;
using System.Globalization;
using Aios.Jobs;
using Aios.Models.Configuration;
using Aios.Models.Wire;

namespace Aios.Models.Calls;

/// <summary>Chooses which models of a route may answer, and in which order they are asked.</summary>
internal sealed class CandidateChooser(TimeProvider clock)
{
    // What nothing is known of is asked before what is known to be slow or to fail.
    private const double UnknownSeconds = 0.5;

    private readonly ConcurrentDictionary<string, ModelMeter> _meters = new(StringComparer.Ordinal);

    /// <summary>How a model has done lately.</summary>
    public ModelMeter MeterOf(string model) => _meters.GetOrAdd(model, static (_, time) => new ModelMeter(time), clock);

    /// <summary>The models, best first.</summary>
    /// <param name="settings">Has the models.</param>
    /// <param name="route">What is asked for.</param>
    /// <param name="privacy">Where the call may go.</param>
    /// <param name="needs">What the model must be able to do.</param>
    /// <param name="notes">Takes what speaks against those that are left out.</param>
    /// <param name="notGemini">Why no model of Gemini can be asked; null if one can.</param>
    public IReadOnlyList<Candidate> Choose(
        ModelSettings settings,
        ModelRoute route,
        ModelPrivacy privacy,
        ModelAbilities needs,
        List<CandidateNote> notes,
        string? notGemini = null
    )
    {
        var fitting = new List<Candidate>();
        foreach (var model in route.Models.Select(name => settings.Models[name]))
        {
            var provider = settings.Providers[model.Provider!];
            if (WhyNot(model, provider, route, privacy, needs, notGemini) is { } reason)
                notes.Add(new CandidateNote(model.Name, reason));
            else
                fitting.Add(new Candidate(model, provider, MeterOf(model.Name)));
        }

        var ordered = Ordered(fitting, route.Strategy);
        if (route.LatencyTarget is { } target)
            ordered = ordered.OrderBy(candidate => IsSlow(candidate, target, notes)).ToList();
        return [.. privacy == ModelPrivacy.Hybrid ? ordered.OrderBy(candidate => candidate.Provider.IsLocal ? 0 : 1) : ordered];
    }

    /// <summary>What a request needs of a model.</summary>
    public static ModelAbilities NeedsOf(ChatRequest request) =>
        (request.Tools.IsEmpty ? ModelAbilities.None : ModelAbilities.Tools)
        | (request.Images > 0 ? ModelAbilities.Vision : ModelAbilities.None)
        | (request.Form == AnswerForm.Text ? ModelAbilities.None : ModelAbilities.Json);

    private static string? WhyNot(
        LanguageModel model,
        ModelProvider provider,
        ModelRoute route,
        ModelPrivacy privacy,
        ModelAbilities needs,
        string? notGemini
    )
    {
        if (privacy == ModelPrivacy.LocalOnly && !provider.IsLocal)
            return $"left out: its provider \"{provider.Name}\" is remote, and the call is local-only";
        if (needs.HasFlag(ModelAbilities.Embeddings) && provider.Kind == ProviderKind.Anthropic)
            return "left out: its provider has no embeddings";
        if (notGemini is not null && provider.Kind == ProviderKind.Gemini)
            return $"left out: {notGemini}";
        if ((needs & ~model.Can) is not ModelAbilities.None and var missing)
            return $"left out: it cannot do {missing.ToString().ToLowerInvariant()}";
        if (route.MaxPrice is { } most && model.Price?.Output > most)
            return string.Create(
                CultureInfo.InvariantCulture,
                $"left out: its output price {model.Price.Output} is above max_price {most}"
            );
        return null;
    }

    private static IEnumerable<Candidate> Ordered(List<Candidate> candidates, RouteStrategy strategy) =>
        strategy switch
        {
            RouteStrategy.Cheapest => candidates.OrderBy(PriceOf),
            RouteStrategy.Fastest => candidates.OrderBy(candidate => candidate.Meter.FirstToken ?? UnknownSeconds),
            RouteStrategy.Best => candidates.OrderByDescending(MeritOf).ThenBy(SecondsOf),
            RouteStrategy.Balanced => candidates.OrderBy(BalanceOf),
            _ => candidates,
        };

    private static bool IsSlow(Candidate candidate, TimeSpan target, List<CandidateNote> notes)
    {
        if (!candidate.Meter.IsSlowerThan(target))
            return false;
        notes.Add(
            new CandidateNote(
                candidate.Model.Name,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"later: its answers begin after {candidate.Meter.FirstToken:0.##} s, latency_target is {target.TotalSeconds:0.##} s"
                )
            )
        );
        return true;
    }

    private static decimal PriceOf(Candidate candidate) => (candidate.Model.Price?.Input ?? 0) + (candidate.Model.Price?.Output ?? 0);

    private static double MeritOf(Candidate candidate) => candidate.Meter.Success * candidate.Meter.Quality;

    private static double SecondsOf(Candidate candidate) => candidate.Meter.Duration ?? UnknownSeconds;

    // Twice the price, twice the time and half the success weigh the same.
    private static double BalanceOf(Candidate candidate) =>
        (0.1 + (double)PriceOf(candidate)) * (0.1 + SecondsOf(candidate)) / Math.Max(0.01, MeritOf(candidate));
}
