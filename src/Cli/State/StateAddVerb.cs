using System.CommandLine;
using System.Globalization;
using Aios.Store;

namespace Aios.Cli;

/// <summary><c>aios state add</c>: a counter that loses nothing when several runs count at once.</summary>
internal static class StateAddVerb
{
    private static readonly Argument<string> Amount = new("number")
    {
        Description = "The number to add (default: 1)",
        HelpName = "NUMBER",
        DefaultValueFactory = _ => "1",
    };
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON (a number is the same in both forms)" };

    public static Command Create(CliContext context)
    {
        var command = new Verb(
            "add",
            "Add to a number atomically and print the sum",
            ("aios state add mails --job inbox", "Add one"),
            ("aios state add bytes 1024 --shared", "Add to a number that all jobs share")
        )
        {
            StateScope.Key,
            Amount,
            Json,
        };
        command.SetVerb(context, parsed => Add(parsed, context));
        return command;
    }

    private static int Add(ParseResult parsed, CliContext context)
    {
        var (job, key) = (StateScope.JobOf(parsed), StateScope.KeyOf(parsed));
        var amount = parsed.GetValue(Amount)!;
        if (!IsNumber(amount))
            throw new CommandLineException($"found \"{amount}\", expected a number to add.");
        using var connection = Settings.Of(parsed).Database.Connect();
        var sum = connection.Write(queue =>
        {
            var total = Sum(queue.State.Find(job, key) ?? "0", amount, key);
            CliState.Set(queue, job, key, total, context.Now);
            return total;
        });
        context.Out.WriteLine(sum);
        return ExitCode.Good;
    }

    // Whole numbers stay whole as long as they can.
    private static string Sum(string value, string amount, string key)
    {
        if (
            long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            && long.TryParse(amount, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var more)
            && (Int128)whole + more is var exact
            && exact >= long.MinValue
            && exact <= long.MaxValue
        )
        {
            return exact.ToString(CultureInfo.InvariantCulture);
        }

        if (!IsNumber(value))
            throw new StoreException($"\"{key}\" is {value[..Math.Min(value.Length, 100)]}, not a number that could be added to.");
        var sum = double.Parse(value, CultureInfo.InvariantCulture) + double.Parse(amount, CultureInfo.InvariantCulture);
        if (!double.IsFinite(sum))
            throw new StoreException($"\"{key}\" would become too large for a number.");
        // As Python writes it: a fraction stays one when its places are all zero.
        var text = sum.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().IndexOfAny('.', 'E') < 0 ? text + ".0" : text;
    }

    private static bool IsNumber(string text) =>
        double.TryParse(
            text,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture,
            out var number
        ) && double.IsFinite(number);
}
