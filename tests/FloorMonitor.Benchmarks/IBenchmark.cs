namespace FloorMonitor.Benchmarks;

/// <summary>One comparison: ours beside its peer or physical limit, on the same input, in turn, in one run.</summary>
public interface IBenchmark
{
    /// <summary>The word on the command line.</summary>
    string Name { get; }

    /// <summary>Measures and prints its rows of README's table.</summary>
    Task RunAsync(TextWriter output, CancellationToken stop);
}
