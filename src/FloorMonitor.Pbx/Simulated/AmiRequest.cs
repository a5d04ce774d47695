using System.Text;

namespace FloorMonitor.Pbx.Simulated;

/// <summary>An action as a client sent it.</summary>
internal sealed class AmiRequest
{
    private readonly List<(string Name, string Value)> _lines = [];

    /// <summary>A line was longer than Asterisk's 1024 bytes: the whole message is refused, as the real one does.</summary>
    public bool TooLong { get; set; }


    public string? ActionId => Get("ActionID");

    /// <summary>The first value of that name, compared without case; null where it is absent.</summary>
    public string? Get(string name)
    {
        foreach (var line in _lines)
            if (line.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) return line.Value;
        return null;
    }

    public string GetOr(string name, string otherwise) => Get(name) is { Length: > 0 } value ? value : otherwise;

    /// <summary>Lines without a colon are passed over, as the real one does; so are those beyond its 128 headers.</summary>
    public void Add(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && _lines.Count < 128) _lines.Add((line[..colon].Trim(), line[(colon + 1)..].Trim()));
    }
}

/// <summary>Cuts a client's bytes into actions. Lines end by LF with or without CR; memory is bounded by Asterisk's own limit on a line.</summary>
internal sealed class AmiRequestReader
{
    private const int MaxLine = 1024;
    private readonly byte[] _line = new byte[MaxLine];
    private AmiRequest _request = new();
    private int _length;
    private bool _overflow;

    public IEnumerable<AmiRequest> Read(ReadOnlyMemory<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            var b = bytes.Span[i];
            if (b != (byte)'\n')
            {
                if (_length < MaxLine) _line[_length++] = b;
                else _overflow = true;
                continue;
            }

            var length = _length > 0 && _line[_length - 1] == (byte)'\r' ? _length - 1 : _length;
            _length = 0;
            if (_overflow)
            {
                _overflow = false;
                _request.TooLong = true;
            }
            else if (length > 0)
            {
                _request.Add(Encoding.UTF8.GetString(_line, 0, length));
            }
            else
            {
                yield return _request;
                _request = new AmiRequest();
            }
        }
    }
}
