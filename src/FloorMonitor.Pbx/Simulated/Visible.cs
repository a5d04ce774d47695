using System.Runtime.CompilerServices;

// The tests step the model by hand; nobody else needs more than SimulatedPbx, DemoFloor and FloorPlan.
[assembly: InternalsVisibleTo("FloorMonitor.Pbx.Tests")]
[assembly: InternalsVisibleTo("FloorMonitor.Simulation.Tests")]
