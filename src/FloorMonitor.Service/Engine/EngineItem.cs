using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;
using FloorMonitor.Pbx;
using FloorMonitor.Service.Configuration;

namespace FloorMonitor.Service.Engine;

/// <summary>Something for the one writer to do. Everything that changes the floor is one of these, in one queue, in one order.</summary>
internal abstract record EngineItem;

/// <summary>A feed said something.</summary>
internal sealed record FeedSaid(FeedMessage Message) : EngineItem;

/// <summary>Time passed.</summary>
internal sealed record ClockTicked(DateTimeOffset At) : EngineItem;

/// <summary>The configuration files changed and are right.</summary>
internal sealed record ConfigurationChanged(FloorConfig Config) : EngineItem;

/// <summary>Somebody asks something of the floor; answered through <paramref name="Answer"/>.</summary>
internal sealed record CommandAsked(FloorCommand Command, TaskCompletionSource<CommandAnswer> Answer) : EngineItem;

/// <summary>Somebody asks something of the house: the duty, its rounds, a word to a team.</summary>
internal sealed record HouseAsked(HouseCommand Command, TaskCompletionSource<CommandAnswer> Answer) : EngineItem;

/// <summary>
/// Something for the journal that happened outside of the writer: what a switch did not do of what was asked of it, a phone that did
/// not know its PIN.
/// </summary>
internal sealed record Noted(FloorEvent Event) : EngineItem;

/// <summary>Something of the house's own that needs no judging first; answered once it stands in the journal and on the floor.</summary>
internal sealed record HouseSaid(FloorEvent Event, TaskCompletionSource<CommandAnswer> Answer) : EngineItem;
