namespace FloorMonitor.Core.Floor;

/// <summary>A lead or supervisor allowed an agent one exception; its id is made of the journal entry.</summary>
/// <param name="At">When.</param>
/// <param name="Agent">To whom.</param>
/// <param name="Allow">What: a word of <see cref="GrantWords"/>.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who gave it.</param>
/// <param name="Until">Until when it holds.</param>
public sealed record GrantGiven(DateTimeOffset At, string Agent, string Allow, string Reason, string By, DateTimeOffset Until)
    : FloorEvent(At, EventSources.Gate), IAboutAgent;

/// <summary>An exception was taken back before it was used.</summary>
/// <param name="At">When.</param>
/// <param name="Agent">Whose.</param>
/// <param name="Grant">Which, by its id.</param>
/// <param name="By">Who took it back.</param>
public sealed record GrantRevoked(DateTimeOffset At, string Agent, string Grant, string By) : FloorEvent(At, EventSources.Gate), IAboutAgent;
