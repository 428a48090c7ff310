using Aios.Store.Logs;

namespace Aios.Tests.Running;

public sealed class LevelTests : IDisposable
{
    private readonly Sandbox _box = new();

    public void Dispose() => _box.Dispose();

    [LinuxFact]
    public async Task A_prefix_says_the_level_and_goes()
    {
        await _box.Run(
            Sandbox.Shell("for i in 0 1 2 3 4 5 6 7 8; do echo \"<$i>text $i\"; done; echo '<4'; echo '<45>x'; echo ' <4>x'; echo plain")
        );

        Assert.Equal(
            [
                (LogLevel.Critical, "text 0"),
                (LogLevel.Critical, "text 1"),
                (LogLevel.Critical, "text 2"),
                (LogLevel.Error, "text 3"),
                (LogLevel.Warning, "text 4"),
                (LogLevel.Info, "text 5"),
                (LogLevel.Info, "text 6"),
                (LogLevel.Debug, "text 7"),
                (LogLevel.Info, "<8>text 8"),
                (LogLevel.Info, "<4"),
                (LogLevel.Info, "<45>x"),
                (LogLevel.Info, " <4>x"),
                (LogLevel.Info, "plain"),
            ],
            _box.Output.WithLevels
        );
    }

    [LinuxFact]
    public async Task Standard_error_is_a_warning_unless_it_says_else()
    {
        await _box.Run(Sandbox.Shell("echo odd >&2; echo '<7>detail' >&2; printf '<3>' >&2"));

        Assert.Equal([(LogLevel.Warning, "odd"), (LogLevel.Debug, "detail"), (LogLevel.Error, "")], _box.Output.WithLevels);
    }

    [LinuxFact]
    public async Task The_pieces_of_a_long_line_have_its_level()
    {
        await _box.Run(Sandbox.Shell("printf '<3>'; head -c 40000 /dev/zero | tr '\\0' '<'; echo; echo after"));

        Assert.Equal([LogLevel.Error, LogLevel.Error, LogLevel.Error, LogLevel.Info], _box.Output.WithLevels.Select(line => line.Level));
        Assert.Equal(40_000, _box.Output.All.SkipLast(1).Sum(line => line.Length));
    }
}
