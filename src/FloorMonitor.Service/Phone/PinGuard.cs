using FloorMonitor.Service.Configuration;

namespace FloorMonitor.Service.Phone;

/// <summary>How a PIN was taken.</summary>
internal enum PinAnswer
{
    /// <summary>It is the agent's.</summary>
    Right,

    /// <summary>It is not, or there is no such agent: the two are not told apart.</summary>
    Wrong,

    /// <summary>Too many were wrong: for a while not even the right one opens anything.</summary>
    Locked,
}

/// <summary>
/// Takes PINs, and locks after too many wrong ones: an agent's PIN whatever phone it is tried from, and a phone whoever it tries to be.
/// Neither list can grow without end: an entry is over with its time.
/// </summary>
internal sealed class PinGuard(TimeProvider time)
{
    private const int MaxEntries = 4_096;

    private readonly Lock gate = new();
    private readonly Dictionary<string, Tries> tries = new(StringComparer.Ordinal);

    /// <summary>Tries a PIN.</summary>
    public PinAnswer Try(string agent, string digits, string phone, PinBook pins, PhoneConfig config)
    {
        // Compared in every case, so that how long the answer takes tells nothing.
        var isRight = pins.IsRight(agent, digits);
        var now = time.GetUtcNow();
        lock (gate)
        {
            var (byAgent, byPhone) = ($"agent {agent}", $"phone {phone}");
            if (IsLocked(byAgent, config, now) || IsLocked(byPhone, config, now)) return PinAnswer.Locked;
            if (isRight)
            {
                tries.Remove(byAgent);
                tries.Remove(byPhone);
                return PinAnswer.Right;
            }

            Count(byAgent, config, now);
            Count(byPhone, config, now);
            return PinAnswer.Wrong;
        }
    }

    private bool IsLocked(string key, PhoneConfig config, DateTimeOffset now) =>
        tries.TryGetValue(key, out var known) && known.Wrong >= config.WrongPins && now < known.Last + config.LockFor;

    private void Count(string key, PhoneConfig config, DateTimeOffset now)
    {
        var before = tries.TryGetValue(key, out var known) && now < known.Last + config.LockFor ? known.Wrong : 0;
        if (!tries.ContainsKey(key) && tries.Count >= MaxEntries) MakeRoom(config, now);
        tries[key] = new(before + 1, now);
    }

    // Those whose time is over; where all are young, the oldest.
    private void MakeRoom(PhoneConfig config, DateTimeOffset now)
    {
        foreach (var (key, _) in tries.Where(one => now >= one.Value.Last + config.LockFor).ToList()) tries.Remove(key);
        if (tries.Count >= MaxEntries) tries.Remove(tries.MinBy(one => one.Value.Last).Key);
    }

    private readonly record struct Tries(int Wrong, DateTimeOffset Last);
}
