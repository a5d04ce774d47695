using System.Globalization;

namespace FloorMonitor.Store.Records;

/// <summary>The folder in which everything of one site lies, and which one process at a time may use.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream inUse;

    private DataFolder(string root, FileStream inUse)
    {
        Root = root;
        this.inUse = inUse;
    }

    /// <summary>The folder itself.</summary>
    public string Root { get; }

    /// <summary>Journal segments.</summary>
    public string Journal => Path.Combine(Root, "journal");

    /// <summary>Snapshots of the floor.</summary>
    public string Snapshots => Path.Combine(Root, "snapshots");

    /// <summary>Verdicts, a file a business day.</summary>
    public string Verdicts => Path.Combine(Root, "verdicts");

    /// <summary>What was over on each business day.</summary>
    public string History => Path.Combine(Root, "history");

    /// <summary>The embedded store.</summary>
    public string Store => Path.Combine(Root, "store");

    /// <summary>Makes the folder and takes it; the operating system gives it back when the process ends, however it ends.</summary>
    /// <exception cref="IOException">It cannot be made, or another process uses it.</exception>
    public static DataFolder Take(string root)
    {
        Directory.CreateDirectory(root);
        var path = Path.Combine(root, "in-use");
        try
        {
            return new DataFolder(root, new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException taken)
        {
            throw new IOException($"The data folder {root} is used by another process, or cannot be written: {taken.Message}", taken);
        }
    }

    /// <summary>Renames a damaged file or folder so that it is out of the way and still there.</summary>
    public static string SetAside(string path)
    {
        for (var again = 1; ; again++)
        {
            var aside = string.Create(CultureInfo.InvariantCulture, $"{path}.aside-{again}");
            if (Path.Exists(aside)) continue;
            if (Directory.Exists(path)) Directory.Move(path, aside);
            else File.Move(path, aside);
            return aside;
        }
    }

    public void Dispose() => inUse.Dispose();
}
