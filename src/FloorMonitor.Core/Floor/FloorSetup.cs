namespace FloorMonitor.Core.Floor;

/// <summary>What the configuration says of the floor: input to the fold like any other, so that a replay uses the setup of its day.</summary>
/// <param name="Site">The site's name.</param>
/// <param name="TimeZone">IANA name of its time zone, such as <c>Asia/Shanghai</c>.</param>
/// <param name="BusinessDayStart">Local time of day at which counters begin anew; at least 0, below 24 h.</param>
/// <param name="Feeds">The PBX feeds by name.</param>
/// <param name="Agents">The agents of agents.csv.</param>
/// <param name="Teams">The teams.</param>
/// <param name="Queues">Queues with settings of their own; others get the defaults.</param>
/// <param name="Breaks">Which pause reasons mean which kind of break.</param>
public sealed record FloorSetup(
    string Site,
    string TimeZone,
    TimeSpan BusinessDayStart,
    ValueArray<FeedSetup> Feeds,
    ValueArray<AgentSetup> Agents,
    ValueArray<TeamSetup> Teams,
    ValueArray<QueueSetup> Queues,
    ValueArray<BreakKindSetup> Breaks)
{
    /// <summary>The shifts, by floor.yaml and those that a line of the roster spells out.</summary>
    public ValueArray<ShiftSetup> Shifts { get; init; }

    /// <summary>When the floor is open, by floor.yaml; empty: whenever there is a shift, else always.</summary>
    public ValueArray<OpeningSpan> OpeningHours { get; init; }

    /// <summary>Who works which of them when, by roster.csv; empty: no roster is kept.</summary>
    public ValueArray<RosterLine> Roster { get; init; }

    /// <summary>Limits of breaks that rules.yaml gives, those of overrides first, in their order; empty: those of the kinds alone.</summary>
    public ValueArray<BreakLimitSetup> BreakLimits { get; init; }

    /// <summary>The setup of a floor of which nothing is configured but its feeds.</summary>
    public static FloorSetup Default { get; } = new(
        "floor", "Etc/UTC", TimeSpan.FromHours(4), [], [], [], [],
        [
            new("short", ["short", "short-break", "break", "小休"], TimeSpan.FromMinutes(5)),
            new("meal", ["meal", "lunch", "dinner", "用餐"], TimeSpan.FromMinutes(30)),
            new("training", ["training", "培训"], null),
            new("meeting", ["meeting", "会议"], null),
            new("personal", ["personal", "个人"], TimeSpan.FromMinutes(15)),
        ]);
}

/// <summary>A PBX feed: its name and its kind (<c>ami</c>, <c>sip</c>, <c>esl</c>, <c>simulated</c>).</summary>
public sealed record FeedSetup(string Name, string Kind);

/// <summary>A line of agents.csv.</summary>
/// <param name="Id">The agent's id.</param>
/// <param name="Name">The name shown.</param>
/// <param name="Team">The team's id; null for none.</param>
/// <param name="Address">How the PBX addresses the agent: <c>PJSIP/1001</c>, <c>SIP/1001</c>, <c>Local/1001@ctx</c>, <c>Agent/1001</c>, <c>hint:1001@ctx</c> or a bare extension.</param>
public sealed record AgentSetup(string Id, string Name, string? Team, string Address)
{
    /// <summary>The grade (<see cref="Grades"/>); null for none.</summary>
    public string? Grade { get; init; }
}

/// <summary>A team with its lead and supervisor (agent ids or names; null for none).</summary>
public sealed record TeamSetup(string Id, string Label, string? Lead, string? Supervisor);

/// <summary>A queue's settings.</summary>
/// <param name="Name">Its name at the PBX.</param>
/// <param name="Label">What people call it.</param>
/// <param name="ServiceLevelWithin">An answer counts as in time up to this wait; null: the PBX's own threshold, else 20 s.</param>
/// <param name="Formula">How the service level is computed.</param>
public sealed record QueueSetup(string Name, string Label, TimeSpan? ServiceLevelWithin, ServiceLevelFormula Formula);

/// <summary>A kind of break: the reasons that mean it and how long it may last.</summary>
/// <param name="Kind">Its name: <c>short</c>, <c>meal</c>, <c>training</c>, <c>meeting</c>, <c>personal</c> or the site's own.</param>
/// <param name="Reasons">Pause reasons (compared without case) that mean it.</param>
/// <param name="Limit">How long it may last where nobody says anything nearer (<see cref="BreakLimits"/>); null: as granted.</param>
public sealed record BreakKindSetup(string Kind, ValueArray<string> Reasons, TimeSpan? Limit);

/// <summary>How a service level is computed; the formula's name is shown beside the figure.</summary>
public enum ServiceLevelFormula
{
    /// <summary>Answered within the threshold ÷ offered calls that are decided, those abandoned within the threshold left out (the field's usual one).</summary>
    Offered,

    /// <summary>Asterisk's ServicelevelPerf: answered within ÷ answered.</summary>
    Asterisk,

    /// <summary>Asterisk's ServicelevelPerf2: (answered within + abandoned within) ÷ (answered + abandoned).</summary>
    Asterisk2,
}
