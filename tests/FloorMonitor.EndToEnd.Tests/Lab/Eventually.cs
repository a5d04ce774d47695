using System.Diagnostics.CodeAnalysis;

namespace FloorMonitor.EndToEnd.Tests.Lab;

/// <summary>Waiting for a condition, with a deadline and a word about what was waited for: no test sleeps a fixed time.</summary>
public static class Eventually
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Long enough for a loaded machine of two cores, short enough to be told of.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(20);

    /// <summary>Looks until it sees what is wanted.</summary>
    /// <param name="look">Looks; a null or an exception of the network means not yet.</param>
    /// <param name="wanted">Whether that is it.</param>
    /// <param name="what">What is waited for, for the message.</param>
    /// <param name="patience">How long; null for <see cref="Patience"/>.</param>
    public static async Task<T> SeeAsync<T>(Func<CancellationToken, Task<T>> look, Func<T, bool> wanted, string what, TimeSpan? patience = null)
    {
        var stop = TestContext.Current.CancellationToken;
        var time = TimeProvider.System;
        var from = time.GetTimestamp();
        var last = "nothing";
        while (true)
        {
            try
            {
                var seen = await look(stop);
                if (wanted(seen)) return seen;
                last = Show(seen);
            }
            catch (Exception notYet) when (notYet is HttpRequestException or IOException or System.Net.Sockets.SocketException or TaskCanceledException && !stop.IsCancellationRequested)
            {
                last = notYet.Message;
            }

            if (time.GetElapsedTime(from) > (patience ?? Patience)) throw new TimeoutException($"Waited {patience ?? Patience} in vain for {what}. Last seen: {last}");
            await Task.Delay(s_pause, time, stop);
        }
    }

    /// <summary>Waits until a condition holds.</summary>
    public static Task<bool> HoldsAsync(Func<Task<bool>> condition, string what, TimeSpan? patience = null) => SeeAsync(_ => condition(), held => held, what, patience);

    /// <summary>Makes sure that something stays so for a while, looking all along.</summary>
    public static async Task StaysAsync<T>(Func<CancellationToken, Task<T>> look, Func<T, bool> wanted, string what, TimeSpan during)
    {
        var stop = TestContext.Current.CancellationToken;
        var time = TimeProvider.System;
        var from = time.GetTimestamp();
        while (time.GetElapsedTime(from) < during)
        {
            var seen = await look(stop);
            Assert.True(wanted(seen), $"{what}; seen after {time.GetElapsedTime(from)}: {Show(seen)}");
            await Task.Delay(s_pause, time, stop);
        }
    }

    [SuppressMessage("Globalization", "CA1305", Justification = "A message for a person.")]
    private static string Show<T>(T seen) => seen?.ToString() ?? "null";
}
