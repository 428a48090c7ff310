using Aios.Cli;

return await AiosCommandLine.Run(args, new CliContext(Console.Out, Console.Error, TimeProvider.System)).ConfigureAwait(false);
