using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace FloorMonitor.Service.Tests.Alerts;

/// <summary>
/// Ten thousand alerts through a receiver that fails half of the time, some of these times after it took the message, with kills -9 in
/// the middle: while alerts are still being decided, and while they are delivered.
/// </summary>
public sealed class AlertCrashTests
{
    private const int Count = 10_000;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Through_a_failing_channel_and_kills_none_is_lost_none_comes_more_often_than_the_tries_and_each_subject_keeps_its_order()
    {
        var folder = Directory.CreateTempSubdirectory("floor-alert-crash-").FullName;
        await using var receiver = await Receiver.StartAsync();
        var (taken, said) = (new ConcurrentQueue<string>(), new ConcurrentDictionary<string, int>());
        var random = new Random(20261123);
        receiver.Answer = (http, posted) =>
        {
            var key = (string)posted.Json["key"]!;
            int dice;
            lock (random) dice = random.Next(4);
            // Of four: two are well, one fails before it took anything, one takes it and says that it failed.
            if (dice != 2) taken.Enqueue(key);
            if (dice >= 2)
            {
                http.Response.StatusCode = 500;
                if (dice == 3) said.AddOrUpdate(key, 1, (_, count) => count + 1);
            }

            return Task.CompletedTask;
        };

        const int kills = 3;
        await KillWhenAsync(folder, receiver, line => line == "committed 2500");
        await KillWhenAsync(folder, receiver, _ => taken.Count > Count / 4);
        await KillWhenAsync(folder, receiver, _ => taken.Count > Count / 2);
        using (var child = Start(folder, receiver))
        {
            var output = await child.StandardOutput.ReadToEndAsync(Stop);
            await child.WaitForExitAsync(Stop);
            Assert.EndsWith("done 0\n", output, StringComparison.Ordinal);
        }

        var times = taken.GroupBy(key => key).ToDictionary(group => group.Key, group => group.Count());
        Assert.Equal(Count, times.Count);
        // Once, and once more for each time that the receiver took it and said it had not, and for each kill between its taking and our noting.
        var more = times.Select(one => one.Value - 1 - said.GetValueOrDefault(one.Key)).Where(beyond => beyond > 0).ToList();
        Assert.True(more.Sum() <= kills, $"{more.Sum()} came more often than the tries explain");
        foreach (var subject in taken.Select(Parse).GroupBy(one => one.Subject))
            Assert.Equal(Enumerable.Range(0, Count / AlertCrashChild.Subjects), subject.Select(one => one.Number).Distinct());
        Directory.Delete(folder, recursive: true);
    }

    private static async Task KillWhenAsync(string folder, Receiver receiver, Func<string, bool> isTime)
    {
        using var child = Start(folder, receiver);
        var isOver = false;
        var reading = Task.Run(async () =>
        {
            while (await child.StandardOutput.ReadLineAsync(Stop) is { } line)
            {
                Assert.False(line.StartsWith("done", StringComparison.Ordinal), "it was done before it could be killed");
                if (isTime(line)) Volatile.Write(ref isOver, true);
            }
        });
        await LanesUnderTest.UntilAsync(() => Volatile.Read(ref isOver) || isTime("") || reading.IsCompleted);
        child.Kill();
        await child.WaitForExitAsync(CancellationToken.None);
        await reading;
    }

    private static (string Subject, int Number) Parse(string key)
    {
        var mark = key.IndexOf('#', StringComparison.Ordinal);
        return (key[..mark], int.Parse(key.AsSpan(mark + 1), CultureInfo.InvariantCulture));
    }

    private static Process Start(string folder, Receiver receiver) => Process.Start(
        new ProcessStartInfo(Environment.ProcessPath!, ["--alerts-child", folder, receiver.Url.ToString(), Count.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true })!;
}
