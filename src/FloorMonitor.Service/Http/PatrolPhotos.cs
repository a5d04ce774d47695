namespace FloorMonitor.Service.Http;

/// <summary>What a picture is, by its first bytes: what somebody calls it outside says nothing.</summary>
internal sealed record PictureType(string Ending, string MediaType)
{
    private static readonly PictureType Jpeg = new(".jpg", "image/jpeg");
    private static readonly PictureType Png = new(".png", "image/png");
    private static readonly PictureType WebP = new(".webp", "image/webp");

    /// <summary>The type of these bytes; null where they are no picture that browsers show.</summary>
    public static PictureType? Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])) return Jpeg;
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])) return Png;
        return bytes.Length >= 12 && bytes.StartsWith("RIFF"u8) && bytes[8..].StartsWith("WEBP"u8) ? WebP : null;
    }

    /// <summary>The media type of a stored picture.</summary>
    public static string Named(string file) => Path.GetExtension(file) switch
    {
        ".jpg" => Jpeg.MediaType,
        ".png" => Png.MediaType,
        _ => WebP.MediaType,
    };
}

/// <summary>The pictures of rounds (P4.7): one file each in the data folder, named by the round.</summary>
internal sealed class PatrolPhotos(string folder)
{
    /// <summary>A photo of a telephone's camera, made smaller.</summary>
    public const int MaxLength = 4 << 20;

    /// <summary>More than three months of a picture every hour; whoever takes more has to clear the folder.</summary>
    public const int MaxFiles = 2400;

    /// <summary>Whether there is room for another.</summary>
    public bool HasRoom => !Directory.Exists(folder) || Directory.EnumerateFiles(folder).Count() < MaxFiles;

    /// <summary>Stores a picture; it is whole or not there.</summary>
    public async Task<string> SaveAsync(string patrol, PictureType type, ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        Directory.CreateDirectory(folder);
        var name = patrol + type.Ending;
        var half = Path.Combine(folder, $"{name}.{Guid.NewGuid():N}.half");
        await using (var file = new FileStream(half, FileMode.CreateNew, FileAccess.Write))
        {
            await file.WriteAsync(bytes, stop);
            file.Flush(flushToDisk: true);
        }

        File.Move(half, Path.Combine(folder, name), overwrite: true);
        return name;
    }

    /// <summary>The path of a stored picture; null where it is gone.</summary>
    public string? Find(string name) => Path.Combine(folder, Path.GetFileName(name)) is var path && File.Exists(path) ? Path.GetFullPath(path) : null;
}
