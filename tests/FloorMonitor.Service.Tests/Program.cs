using FloorMonitor.Service.Tests.Alerts;

// `--alerts-child …` is the process that a crash test kills; everything else is xunit's own entry point.
if (args is ["--alerts-child", var folder, var url, var count])
    return await AlertCrashChild.RunAsync(folder, new Uri(url), int.Parse(count, System.Globalization.CultureInfo.InvariantCulture));
if (args.Any(arg => arg is "--server" or "--internal-msbuild-node"))
    return await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, FloorMonitor.Service.Tests.SelfRegisteredExtensions.AddSelfRegisteredExtensions);
return await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
