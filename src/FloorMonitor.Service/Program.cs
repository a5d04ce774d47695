using FloorMonitor.Service.Hosting;

// The table of contents: what can be asked for, and where it is done.
return Arguments.Parse(args) switch
{
    RunAsked run => await RunCommand.RunAsync(run.Directory),
    CheckAsked check => await CheckCommand.RunAsync(check.Directory, Console.Out),
    Unusable wrong => Explain(Console.Error, $"{wrong.Why}\n\n{Arguments.Usage}", 2),
    _ => Explain(Console.Out, Arguments.Usage, 0),
};

static int Explain(TextWriter to, string text, int exitCode)
{
    to.WriteLine(text);
    return exitCode;
}
