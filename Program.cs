using Aios.Cli;

return await AiosCommandLine.Run(args, new CliContext(StandardStreams.Out, StandardStreams.Error, TimeProvider.System) { Screen = Screen.OfStandardOutput(), ErrorColumns = Screen.ColumnsOfStandardError() }).ConfigureAwait(false);
