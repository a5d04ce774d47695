using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Core.Alerts;

/// <summary>Who is told what, how and when: what alerts.yaml says, without the channels' own addresses and secrets.</summary>
public sealed record AlertSettings
{
    /// <summary>Without a file: everything on desk and wall, nothing leaves the house.</summary>
    public static AlertSettings Default { get; } = new();

    /// <summary>The people who can be told.</summary>
    public ValueArray<AlertPerson> People { get; init; }

    /// <summary>Posts that persons fill, such as <c>director</c>; a route names the post, not the person.</summary>
    public ValueArray<AlertRole> Roles { get; init; }

    /// <summary>Channels that are a group of their own (a robot in a chat): a route names them like a person.</summary>
    public ValueArray<AlertGroupChannel> Groups { get; init; }

    /// <summary>Who is told of what; the first that fits decides, none fitting means the screens alone.</summary>
    public ValueArray<AlertRoute> Routes { get; init; }

    /// <summary>Ladders by name: whom to tell next while nobody acknowledges.</summary>
    public ValueArray<AlertLadder> Ladders { get; init; }

    /// <summary>When nothing but the gravest leaves the house; null: never.</summary>
    public QuietHours? Quiet { get; init; }

    /// <summary>What makes verdicts of one rule one alert.</summary>
    public AlertGrouping Grouping { get; init; } = AlertGrouping.Team;

    /// <summary>An alert that grows is sent once more after this time. At least 0; 30 s.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Later growth, and the same again after it was over, is sent no sooner than this; critical ones only keep to <see cref="Window"/>. At least 0; 10 min.</summary>
    public TimeSpan Cooldown { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a digest gathers before it is sent. At least 1 min; 1 h.</summary>
    public TimeSpan DigestEvery { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The channel by which messages of people go to agents' phones; null: they stand on the agents' pages alone.</summary>
    public string? Phones { get; init; }

    /// <summary>Channels on which nobody wants to hear that it is over (a desk phone's display).</summary>
    public ValueArray<string> WithoutOver { get; init; }
}

/// <summary>Somebody who can be told.</summary>
/// <param name="Id">The word by which routes and roles name the person.</param>
/// <param name="Name">As shown, and as floor.yaml may name a lead or a supervisor.</param>
/// <param name="Language"><c>zh</c> or <c>en</c>.</param>
/// <param name="Addresses">Where, in the order of alerts.yaml; all of them are used.</param>
public sealed record AlertPerson(string Id, string Name, string Language, ValueArray<AlertAddress> Addresses)
{
    /// <summary>The agent's id where the person is one (a lead); null otherwise.</summary>
    public string? Agent { get; init; }

    /// <summary>The person's own quiet hours in place of the house's; null: the house's.</summary>
    public QuietHours? Quiet { get; init; }
}

/// <summary>An address on a channel.</summary>
public sealed record AlertAddress(string Channel, string To);

/// <summary>A post and who fills it.</summary>
public sealed record AlertRole(string Name, ValueArray<string> People);

/// <summary>A channel that is a group by itself, and the language that is read there.</summary>
public sealed record AlertGroupChannel(string Channel, string Language);

/// <summary>Which alerts go to whom. An empty list fits everything.</summary>
public sealed record AlertRoute
{
    /// <summary>Rules by id.</summary>
    public ValueArray<string> Rules { get; init; }

    /// <summary>Severities.</summary>
    public ValueArray<Severity> Severities { get; init; }

    /// <summary>Teams by id.</summary>
    public ValueArray<string> Teams { get; init; }

    /// <summary>Queues by name.</summary>
    public ValueArray<string> Queues { get; init; }

    /// <summary>Shifts by name.</summary>
    public ValueArray<string> Shifts { get; init; }

    /// <summary>Words of <see cref="AlertWords"/>, roles, persons and group channels.</summary>
    public ValueArray<string> To { get; init; }

    /// <summary>The screens that show it at once: <c>desk</c>, <c>wall</c>.</summary>
    public ValueArray<string> Screens { get; init; } = [AlertWords.Desk, AlertWords.Wall];

    /// <summary>The ladder's name; null: it is not passed on.</summary>
    public string? Ladder { get; init; }

    /// <summary>Whether people get it gathered instead of at once.</summary>
    public bool Digest { get; init; }

    /// <summary>The sound on the screens; null: by severity.</summary>
    public string? Sound { get; init; }
}

/// <summary>A ladder: lead, duty supervisor, operations manager, director …</summary>
public sealed record AlertLadder(string Name, ValueArray<AlertStep> Steps);

/// <summary>A step of a ladder.</summary>
/// <param name="After">How long after the step before (or the alert itself) it is taken when nobody has acknowledged.</param>
/// <param name="To">Whom it tells, in the words of <see cref="AlertRoute.To"/>.</param>
public sealed record AlertStep(TimeSpan After, ValueArray<string> To);

/// <summary>What makes verdicts of one rule one alert.</summary>
public enum AlertGrouping
{
    /// <summary>The same team or queue; of the floor, the floor.</summary>
    Team,

    /// <summary>The same subject.</summary>
    Subject,

    /// <summary>The rule alone.</summary>
    Rule,
}

/// <summary>Words that a route may use beside names.</summary>
public static class AlertWords
{
    /// <summary>The desk.</summary>
    public const string Desk = "desk";

    /// <summary>The wall.</summary>
    public const string Wall = "wall";

    /// <summary>The page of the agents whom it is about.</summary>
    public const string Agent = "agent";

    /// <summary>The lead (班长) of the team.</summary>
    public const string Lead = "lead";

    /// <summary>The supervisor (主管) of the team.</summary>
    public const string Supervisor = "supervisor";

    /// <summary>Who has the duty now (值班主管).</summary>
    public const string Duty = "duty";

    /// <summary>The channel of an agent's page.</summary>
    public const string Page = "page";

    /// <summary>The channel of a notification of the browser in which a person has the desk open.</summary>
    public const string Browser = "browser";

    /// <summary>The words that mean somebody by the floor's state.</summary>
    public static ValueArray<string> Places { get; } = [Agent, Lead, Supervisor, Duty];
}
