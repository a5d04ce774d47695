using FloorMonitor.Benchmarks;

// `-- list` names the benchmarks; `-- NAME …` runs those; none named runs all.
var all = typeof(IBenchmark).Assembly.GetTypes()
    .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IBenchmark)))
    .Select(type => (IBenchmark)Activator.CreateInstance(type)!)
    .OrderBy(benchmark => benchmark.Name, StringComparer.Ordinal)
    .ToList();
if (args is ["list"])
{
    foreach (var benchmark in all) Console.WriteLine(benchmark.Name);
    return 0;
}

var unknown = args.Except(all.Select(benchmark => benchmark.Name), StringComparer.Ordinal).ToList();
if (unknown.Count > 0)
{
    Console.Error.WriteLine($"No benchmark is named {string.Join(", ", unknown)}; `list` names them.");
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
foreach (var benchmark in all.Where(benchmark => args.Length == 0 || args.Contains(benchmark.Name, StringComparer.Ordinal)))
    await benchmark.RunAsync(Console.Out, stop.Token);
return 0;
