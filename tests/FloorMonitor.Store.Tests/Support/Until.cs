namespace FloorMonitor.Store.Tests.Support;

/// <summary>Waits for a condition, never for a time: a fast machine is fast, a slow one gets what it needs up to a limit.</summary>
public static class Until
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static Task True(Func<bool> condition, string what) => True(() => Task.FromResult(condition()), what);

    public static async Task True(Func<Task<bool>> condition, string what)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(started) > Limit) Assert.Fail($"Not within {Limit}: {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
