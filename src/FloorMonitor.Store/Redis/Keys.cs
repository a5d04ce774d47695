using System.Globalization;

namespace FloorMonitor.Store.Redis;

/// <summary>
/// Every key that the product writes. Other programs read them (README has the table), so a name here is a promise. All values
/// are written by single idempotent commands; instants are ISO-8601 UTC with milliseconds, scores are Unix milliseconds, states
/// are the words of the API, and what is empty is the empty string.
/// </summary>
public sealed class Keys(string site)
{
    private readonly string root = $"fm:{site}:";

    /// <summary>HASH: the floor as a whole: version, at, businessDay, waiting, onBreak, internalCalls, signedIn …</summary>
    public string Floor => root + "floor";

    /// <summary>HASH: agent id → state. The index of <see cref="Agent"/>.</summary>
    public string Agents => root + "agents";

    /// <summary>HASH: queue name → callers waiting. The index of <see cref="Queue"/>.</summary>
    public string Queues => root + "queues";

    /// <summary>HASH: feed name → state. The index of <see cref="Feed"/>.</summary>
    public string Feeds => root + "feeds";

    /// <summary>ZSET: agent id by the instant at which the break's limit is reached; +inf without a limit.</summary>
    public string Breaks => root + "breaks";

    /// <summary>ZSET: <c>queue|call</c> by the instant since which the caller waits: the first is the longest wait.</summary>
    public string Waiting => root + "waiting";

    /// <summary>ZSET: ids of the open verdicts by the instant they opened.</summary>
    public string OpenVerdicts => root + "verdicts:open";

    /// <summary>STRING: the newest whole floor, in the checksummed form of the snapshot files.</summary>
    public string Snapshot => root + "snapshot";

    /// <summary>STRING: all journal entries of the hot hours up to this id are in the store.</summary>
    public string JournalMark => root + "journal:mark";

    /// <summary>HASH: business day → how many bytes of its verdict file are in the store.</summary>
    public string VerdictMarks => root + "verdicts:marks";

    /// <summary>STRING: nothing was lost since the first mark was set: it is written before all else, and gone where the store was emptied.</summary>
    public string Whole => root + "whole";

    /// <summary>STRING: who folds this site, with the fencing token.</summary>
    public string Lease => root + "lease";

    /// <summary>STRING: the counter that fencing tokens come from.</summary>
    public string LeaseToken => root + "lease:token";

    /// <summary>HASH: an agent: state, since, name, team, signedInAt, queues, break …</summary>
    public string Agent(string id) => $"{root}agent:{id}";

    /// <summary>HASH: a queue: waiting, oldestWaitSince, signedIn, available, offered, answered …</summary>
    public string Queue(string name) => $"{root}queue:{name}";

    /// <summary>HASH: the link to a PBX: state, since, kind, reason.</summary>
    public string Feed(string name) => $"{root}feed:{name}";

    /// <summary>STRING: a verdict as JSON.</summary>
    public string Verdict(string id) => $"{root}verdict:{id}";

    /// <summary>ZSET: the ids of a business day's verdicts by the instant they opened.</summary>
    public string VerdictsOf(DateOnly day) => root + "verdicts:" + day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>HASH: journal id → entry as JSON, of the UTC hour (<c>yyyyMMddHH</c>) in which it was written. Expires when the hour is no longer hot.</summary>
    public string JournalOf(string hour) => $"{root}journal:{hour}";
}
