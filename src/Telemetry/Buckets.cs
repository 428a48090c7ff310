namespace Aios.Telemetry;

/// <summary>Bounds of histograms. They stay as they are: what others have stored is compared by them.</summary>
internal static class Buckets
{
    /// <summary>Seconds that something small takes: a commit, a request.</summary>
    public static readonly double[] Short = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    /// <summary>Seconds of waiting.</summary>
    public static readonly double[] Waits = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 1800, 7200];

    /// <summary>Seconds that programs take.</summary>
    public static readonly double[] Runs = [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300, 900, 3600, 14400, 86400];

    /// <summary>Seconds until language models answer, as OpenTelemetry's conventions have them.</summary>
    public static readonly double[] Answers = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];

    /// <summary>Tokens of a call, as these conventions have them.</summary>
    public static readonly double[] Tokens = [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864];

    /// <summary>Bytes of memory.</summary>
    public static readonly double[] Memory = [1048576, 4194304, 16777216, 67108864, 268435456, 1073741824, 4294967296, 17179869184];
}
