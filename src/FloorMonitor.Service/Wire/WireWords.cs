using FloorMonitor.Core.Alerts;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;
using FloorMonitor.Store;

namespace FloorMonitor.Service.Wire;

/// <summary>The wire's words for the floor's states. Written out, so that renaming a member of an enum renames nothing outside.</summary>
internal static class WireWords
{
    public static string Of(RosterStatus status) => status switch
    {
        RosterStatus.Work => "work",
        RosterStatus.Leave => "leave",
        RosterStatus.Swap => "swap",
        RosterStatus.Overtime => "overtime",
        RosterStatus.Training => "training",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    public static string Of(AgentState state) => state switch
    {
        AgentState.SignedOut => "signedOut",
        AgentState.Available => "available",
        AgentState.Ringing => "ringing",
        AgentState.OnCall => "onCall",
        AgentState.OnHold => "onHold",
        AgentState.WrapUp => "wrapUp",
        AgentState.OnBreak => "onBreak",
        AgentState.Unreachable => "unreachable",
        AgentState.Unknown => "unknown",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    public static string Of(PhoneState state) => state switch
    {
        PhoneState.Unknown => "unknown",
        PhoneState.Idle => "idle",
        PhoneState.Ringing => "ringing",
        PhoneState.InUse => "inUse",
        PhoneState.OnHold => "onHold",
        PhoneState.Unreachable => "unreachable",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    public static string Of(TicketStatus status) => status switch
    {
        TicketStatus.Queued => "queued",
        TicketStatus.Planned => "planned",
        TicketStatus.Granted => "granted",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    public static string Of(FeedState state) => state switch
    {
        FeedState.Connecting => "connecting",
        FeedState.Synced => "synced",
        FeedState.Lost => "lost",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    public static string Of(CallDirection direction) => direction switch
    {
        CallDirection.Inbound => "inbound",
        CallDirection.Outbound => "outbound",
        CallDirection.Internal => "internal",
        _ => throw new ArgumentOutOfRangeException(nameof(direction)),
    };

    public static string Of(ServiceLevelFormula formula) => formula switch
    {
        ServiceLevelFormula.Offered => "offered",
        ServiceLevelFormula.Asterisk => "asterisk",
        ServiceLevelFormula.Asterisk2 => "asterisk2",
        _ => throw new ArgumentOutOfRangeException(nameof(formula)),
    };

    public static string Of(Severity severity) => severity switch
    {
        Severity.Info => "info",
        Severity.Warning => "warning",
        Severity.Critical => "critical",
        _ => throw new ArgumentOutOfRangeException(nameof(severity)),
    };

    public static string Of(PhoneDelivery state) => state switch
    {
        PhoneDelivery.Waiting => "waiting",
        PhoneDelivery.Delivered => "delivered",
        PhoneDelivery.Accepted => "accepted",
        PhoneDelivery.Retrying => "retrying",
        PhoneDelivery.Failed => "failed",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    public static string Of(AlertNews news) => news switch
    {
        AlertNews.Opened => "opened",
        AlertNews.Grew => "grew",
        AlertNews.Escalated => "escalated",
        AlertNews.Acknowledged => "acknowledged",
        AlertNews.Over => "over",
        AlertNews.Digest => "digest",
        AlertNews.Message => "message",
        _ => throw new ArgumentOutOfRangeException(nameof(news)),
    };

    public static string Of(VerdictStatus status) => status switch
    {
        VerdictStatus.Pending => "pending",
        VerdictStatus.Open => "open",
        VerdictStatus.Closed => "closed",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    public static string Of(StoreState state) => state switch
    {
        StoreState.Ok => "ok",
        StoreState.Behind => "behind",
        StoreState.Away => "away",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };
}
