namespace FloorMonitor.Service.Hosting;

/// <summary>What the command line asks for.</summary>
internal abstract record Arguments
{
    /// <summary>Shown by <c>--help</c> and after a wrong argument.</summary>
    public const string Usage = """
        FloorMonitor: a live floor from your PBX, in your browser.

          FloorMonitor.Service [--config DIR]         runs; without --config the demo floor of a simulated PBX
          FloorMonitor.Service check [--config DIR]   validates the configuration, probes PBXs and store, says what it found
          FloorMonitor.Service --help                 this text

          DIR holds floor.yaml, and agents.csv, rules.yaml and alerts.yaml where there are any.

        Environment:
          ASPNETCORE_URLS   addresses to listen on (default http://127.0.0.1:8080)
          FLOOR_DATA        folder of journal and embedded store (default ./data)
          FLOOR_LOG         console (default) or json

        Exit codes: 0 well, 1 something was not reached or could not start, 2 wrong configuration or command line.
        """;

    /// <summary>Reads the arguments.</summary>
    public static Arguments Parse(IReadOnlyList<string> arguments)
    {
        var isCheck = false;
        string? directory = null;
        for (var i = 0; i < arguments.Count; i++)
        {
            switch (arguments[i])
            {
                case "--help" or "-h" or "help":
                    return new HelpAsked();
                case "check" when i == 0:
                    isCheck = true;
                    break;
                case "--config" when directory is not null:
                    return new Unusable("--config is given twice");
                case "--config" when i + 1 < arguments.Count && arguments[i + 1].Length > 0:
                    directory = arguments[++i];
                    break;
                case "--config":
                    return new Unusable("--config needs a folder");
                default:
                    var suggestion = Configuration.NearestKey.Suggest(arguments[i], ["check", "--config", "--help"]);
                    return new Unusable($"unknown argument \"{arguments[i]}\"{suggestion}");
            }
        }

        return isCheck ? new CheckAsked(directory) : new RunAsked(directory);
    }
}

/// <summary>Run the service.</summary>
internal sealed record RunAsked(string? Directory) : Arguments;

/// <summary>Check a configuration.</summary>
internal sealed record CheckAsked(string? Directory) : Arguments;

/// <summary>Say how it is used.</summary>
internal sealed record HelpAsked : Arguments;

/// <summary>Nothing that can be done.</summary>
internal sealed record Unusable(string Why) : Arguments;
