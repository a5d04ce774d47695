using FloorMonitor.Store.Redis;

namespace FloorMonitor.Store;

/// <summary>Whether a store could be used, asked without using it: for <c>check</c>, which may run beside the service.</summary>
public static class StoreProbe
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(5);

    /// <summary>What is wrong with a connection string, in words; null when nothing is.</summary>
    public static string? WhatIsWrongWith(string connection)
    {
        if (connection == StoreOptions.Embedded) return null;
        try
        {
            return RedisLink.Options(connection).EndPoints.Count == 0 ? "names no server" : null;
        }
        catch (ArgumentException wrong)
        {
            return wrong.Message;
        }
    }

    /// <summary>What keeps the store from being used, in words; null when nothing does.</summary>
    public static async Task<string?> RunAsync(StoreOptions options, CancellationToken stop)
    {
        try
        {
            Directory.CreateDirectory(options.DataFolder);
            var path = Path.Combine(options.DataFolder, $".probe-{Guid.NewGuid():N}");
            await File.WriteAllTextAsync(path, "probe", stop);
            File.Delete(path);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return $"the data folder cannot be written: {failed.Message}";
        }

        var report = StoreCheck.Run(options.DataFolder, stop);
        if (report.Problems.Count > 0) return $"{report.Problems.Count} problems in the data folder, the first: {report.Problems[0]}";
        if (options.Connection == StoreOptions.Embedded) return null;
        try
        {
            await using var link = await RedisLink.ConnectAsync(options.Connection, stop);
            await link.GetDatabase().PingAsync().WaitAsync(AnswerWithin, stop);
            return null;
        }
        catch (Exception trouble) when (RedisLink.IsStoreTrouble(trouble))
        {
            // What a store or a network may do is the answer that was asked for; anything else goes on up.
            return $"not reached: {trouble.Message}";
        }
    }
}
