using System.Diagnostics;

namespace Aios.Tests.Running;

/// <summary>Waits on conditions, with a guard against hanging.</summary>
internal static class Eventually
{
    public static readonly TimeSpan Guard = TimeSpan.FromSeconds(60);

    public static async Task Is(Func<bool> condition, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed < Guard, $"did not come: {what}");
            await Task.Delay(5);
        }
    }
}
