using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("FloorMonitor.Store.Tests")]
[assembly: InternalsVisibleTo("FloorMonitor.Benchmarks")]
