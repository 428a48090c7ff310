using Aios.Cli;

return await AiosCommandLine
    .Run(
        args,
        new CliContext(StandardStreams.Out, StandardStreams.Error, TimeProvider.System, Screen.OfStandardOutput(), Screen.OfStandardError())
    )
    .ConfigureAwait(false);
