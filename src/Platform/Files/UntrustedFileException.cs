namespace Aios.Platform;

/// <summary>A file in the place of one of AIOS that somebody else may have put there.</summary>
/// <param name="path">Where it is.</param>
/// <param name="what">What it is.</param>
internal sealed class UntrustedFileException(string path, string what)
    : UnauthorizedAccessException(
        $"{path} is {what}, and AIOS takes nothing there but a file or folder of its own user. Find out who put it there, and move it "
            + $"away; AIOS makes a new one."
    );
