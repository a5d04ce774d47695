using FloorMonitor.Store.Tests.Crash;

// `--store-child …` is the process that the crash tests kill; everything else is xunit's own entry point.
if (args is ["--store-child", var folder, var connection, var verify])
    return await CrashChild.RunAsync(folder, connection, verify == "verify");
if (args.Any(arg => arg is "--server" or "--internal-msbuild-node"))
    return await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, FloorMonitor.Store.Tests.SelfRegisteredExtensions.AddSelfRegisteredExtensions);
return await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
