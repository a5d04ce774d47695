namespace FloorMonitor.Service.Wire;

/// <summary>A shift that was excused.</summary>
/// <param name="Date">The business date on which it began.</param>
/// <param name="Shift">Its name.</param>
/// <param name="Rule">Of this rule only; null for every rule about agents.</param>
/// <param name="By">Who.</param>
/// <param name="Reason">Why.</param>
/// <param name="Open">How many open verdicts that excused now.</param>
/// <param name="Closed">How many that had closed.</param>
internal sealed record WireShiftExcuse(DateOnly Date, string Shift, string? Rule, string By, string Reason, int Open, int Closed);
