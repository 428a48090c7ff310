using System.Text;
using Aios.Running;
using Aios.Running.Linux;

namespace Aios.Tests.Running;

public sealed class ProcStatTests
{
    private const string Rest = " S 10 20 30 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 98765 1000 100";

    [Theory]
    [InlineData("(sh)")]
    [InlineData("(a b)")]
    [InlineData("(a) S 1 2 3 (b)")]
    [InlineData("())")]
    public void Fields_are_found_behind_any_name(string name)
    {
        var stat = ProcStat.Parse(42, Encoding.UTF8.GetBytes("42 " + name + Rest));

        Assert.Equal(new ProcStat(42, 'S', 10, 20, 30, 98765), stat);
    }

    [Theory]
    [InlineData("")]
    [InlineData("42 (sh)")]
    [InlineData("42 (sh) S 1 2")]
    public void What_is_no_status_is_none(string text) => Assert.Null(ProcStat.Parse(42, Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_mark_is_found_in_an_environment()
    {
        Assert.Equal(new ProcessMark("m=1", 5), Environ.Parse("A=1\0AIOS_RUN_ID=5\0X_AIOS_MARK=no\0AIOS_MARK=m=1\0"u8));
        Assert.Null(Environ.Parse("AIOS_MARK=m\0"u8));
        Assert.Null(Environ.Parse("AIOS_MARK=m\0AIOS_RUN_ID=x"u8));
        Assert.Null(Environ.Parse(""u8));
    }

    [Fact]
    public void The_peak_of_our_memory_is_found()
    {
        Assert.Equal(12_340L * 1024, ProcMemory.Parse("VmPeak:\t  99999 kB\nVmHWM:\t   12340 kB\nVmRSS:\t   1 kB\n"u8, "VmHWM:"u8));
        Assert.Null(ProcMemory.Parse("VmPeak:\t  99999 kB\n"u8, "VmHWM:"u8));
    }

    [LinuxFact]
    public void Our_own_peak_is_at_least_what_we_have_now() => Assert.InRange(ProcMemory.OwnPeak()!.Value, 1L << 20, 1L << 40);
}
