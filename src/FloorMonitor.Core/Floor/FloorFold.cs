using System.Diagnostics;

namespace FloorMonitor.Core.Floor;

/// <summary>The only way in which a floor changes: one event in, the next state out. Pure; every arm is idempotent.</summary>
public static class FloorFold
{
    /// <summary>The state after an event; the very same object when the event is no news.</summary>
    public static FloorState Apply(FloorState state, FloorEvent @event)
    {
        var draft = new FloorDraft(state, @event);
        // Time first: what was due before this event (a wrap-up's end, a new day) happened before it, whether a tick came or not.
        if (@event.At >= draft.NextDueAt) ClockFold.Advance(ref draft);
        switch (@event)
        {
            case Tick: break;
            case CallerCalledBack e: CallerFold.CalledBack(ref draft, e); break;
            case PhoneSeen e: SightFold.Seen(ref draft, e); break;
            case MemberStatusChanged e: MemberFold.StatusChanged(ref draft, e); break;
            case AgentRinging e: CallFold.Ringing(ref draft, e); break;
            case RingUnanswered e: CallFold.RingUnanswered(ref draft, e); break;
            case CallAnswered e: CallFold.Answered(ref draft, e); break;
            case CallCompleted e: CallFold.Completed(ref draft, e); break;
            case CallHeld e: CallFold.Held(ref draft, e); break;
            case CallUnheld e: CallFold.Unheld(ref draft, e); break;
            case CallerJoined e: CallerFold.Joined(ref draft, e); break;
            case CallerLeft e: CallerFold.Left(ref draft, e); break;
            case CallerAbandoned e: CallerFold.Abandoned(ref draft, e); break;
            case CallDialed e: DialFold.Dialed(ref draft, e); break;
            case CallPickedUp e: DialFold.PickedUp(ref draft, e); break;
            case CallHungUp e: DialFold.HungUp(ref draft, e); break;
            case MemberJoined e: MemberFold.Joined(ref draft, e); break;
            case MemberLeft e: MemberFold.Left(ref draft, e); break;
            case MemberPaused e: MemberFold.Paused(ref draft, e); break;
            case MemberResumed e: MemberFold.Resumed(ref draft, e); break;
            case StoreLost e: HealthFold.StoreLost(ref draft, e); break;
            case StoreFound: HealthFold.StoreFound(ref draft); break;
            case FeedConnecting e: FeedFold.Connecting(ref draft, e); break;
            case FeedLost e: FeedFold.Lost(ref draft, e); break;
            case FeedSynced e: ResyncFold.Synced(ref draft, e); break;
            case FloorConfigured e: HouseFold.Configured(ref draft, e); break;
            case HandRaised e: HouseFold.HandRaised(ref draft, e); break;
            case HandLowered e: HouseFold.HandLowered(ref draft, e); break;
            case HandAcknowledged e: HouseFold.HandAcknowledged(ref draft, e); break;
            case DutyTaken e: DutyFold.Taken(ref draft, e); break;
            case DutyOffered e: DutyFold.Offered(ref draft, e); break;
            case DutyDeclined: DutyFold.Declined(ref draft); break;
            case DutyHolderUnseen e: DutyFold.Unseen(ref draft, e); break;
            case DutyHolderSeen: DutyFold.Seen(ref draft); break;
            case PatrolRecorded e: DutyFold.Patrolled(ref draft, e); break;
            case PatrolPictured e: DutyFold.Pictured(ref draft, e); break;
            case MessageSent e: MessageFold.Sent(ref draft, e); break;
            case TeamMessageSent e: MessageFold.SentToTeam(ref draft, e); break;
            case MessagePhoned e: MessageFold.Phoned(ref draft, e); break;
            case MessageRead e: MessageFold.Read(ref draft, e); break;
            case AgentMustered e: AttendanceFold.Mustered(ref draft, e); break;
            case EnforcementTaken e: HouseFold.EnforcementTaken(ref draft, e); break;
            case GrantGiven e: GrantFold.Given(ref draft, e); break;
            case GrantRevoked e: GrantFold.Revoked(ref draft, e); break;
            case GateAnswered or HouseAnswered or VerdictDisposed: break;
            case ShiftExcused e: ExcuseFold.Excused(ref draft, e); break;
            case TicketEvent e: TicketFold.Step(ref draft, e); break;
            // The hierarchy is closed and a test applies every member of it: this arm is a programming error, not an input.
            default: throw new UnreachableException($"No arm folds {@event.GetType().Name}.");
        }

        return draft.Build();
    }
}
