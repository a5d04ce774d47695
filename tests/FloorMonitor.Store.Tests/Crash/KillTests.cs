using System.Diagnostics;
using System.Globalization;
using FloorMonitor.Store.Tests.Support;

namespace FloorMonitor.Store.Tests.Crash;

/// <summary>
/// kill -9, again and again over one folder: single crashes miss the worst. What a flush has promised must be there at every next start,
/// and at the end the store holds what the files hold. <c>FLOORMONITOR_KILLS</c> asks for more rounds than the usual ones.
/// </summary>
public sealed class KillTests
{
    private static int Rounds => int.TryParse(Environment.GetEnvironmentVariable("FLOORMONITOR_KILLS"), NumberStyles.None, null, out var asked) ? asked : 15;

    [Theory]
    [InlineData("redis")]
    [InlineData("embedded")]
    public async Task Nothing_that_was_flushed_is_lost_through_many_kills_over_one_folder(string kind)
    {
        using var folder = new TempFolder();
        await using var redis = kind == "redis" ? await RedisServer.StartAsync() : null;
        var connection = redis?.Connection ?? StoreOptions.Embedded;
        var random = new Random(20261123);
        var promised = 0L;
        var verdicts = new HashSet<string>(StringComparer.Ordinal);
        for (var round = 0; round < Rounds; round++)
        {
            // Now and then it dies while it starts, else after it made some promises.
            var lines = random.Next(6) == 0 ? 1 : random.Next(2, 200);
            promised = await RunAndKillAsync(folder, connection, lines, promised, verdicts);
        }

        Assert.True(promised > Rounds * 50, $"only {promised} entries were written");
        var end = await LinesAsync(folder, connection);
        Assert.Equal("same", end[^1]);
        Assert.True(Last(end) >= promised, $"{promised} were promised, {Last(end)} are there");
        Assert.Equal(verdicts.Order(StringComparer.Ordinal), end.Where(line => line.StartsWith("has ", StringComparison.Ordinal)).Select(line => line[4..]).Where(verdicts.Contains).Order(StringComparer.Ordinal));
        Assert.Empty(StoreCheck.Run(folder.At("data"), TestContext.Current.CancellationToken).Problems);
    }

    private static async Task<long> RunAndKillAsync(TempFolder folder, string connection, int lines, long promised, HashSet<string> verdicts)
    {
        using var child = Start(folder, connection, "write");
        try
        {
            for (var read = 0; read < lines; read++)
            {
                var line = await child.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
                Assert.False(line is null || line.StartsWith("FAIL", StringComparison.Ordinal), line ?? await child.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
                if (line!.StartsWith("open ", StringComparison.Ordinal))
                    Assert.True(Number(line) >= promised, $"{promised} were promised, {Number(line)} are there after the kill");
                if (line.StartsWith("flushed ", StringComparison.Ordinal)) promised = Number(line);
                if (line.StartsWith("verdict ", StringComparison.Ordinal)) verdicts.Add(CrashChild.VerdictId(Number(line)));
            }
        }
        finally
        {
            child.Kill();
            await child.WaitForExitAsync(CancellationToken.None);
        }

        return promised;
    }

    private static async Task<List<string>> LinesAsync(TempFolder folder, string connection)
    {
        using var child = Start(folder, connection, "verify");
        var errors = child.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken) + await errors;
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }

    private static Process Start(TempFolder folder, string connection, string what) =>
        Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["--store-child", folder.At("data"), connection, what])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

    private static long Last(List<string> lines) => Number(lines.Last(line => line.StartsWith("open ", StringComparison.Ordinal)));

    private static long Number(string line) => long.Parse(line.AsSpan(line.IndexOf(' ') + 1), CultureInfo.InvariantCulture);
}
