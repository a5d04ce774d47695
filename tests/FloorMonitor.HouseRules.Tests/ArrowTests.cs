using System.Xml.Linq;
using FloorMonitor.HouseRules.Tests.Checks;

namespace FloorMonitor.HouseRules.Tests;

/// <summary>Arrows point only toward Core, by what the projects say and by what the compiler wrote down.</summary>
public sealed class ArrowTests
{
    private const string Core = "FloorMonitor.Core", Pbx = "FloorMonitor.Pbx", Store = "FloorMonitor.Store", Service = "FloorMonitor.Service";

    private static readonly Dictionary<string, string[]> s_allowed = new(StringComparer.Ordinal)
    {
        [Core] = [],
        [Pbx] = [Core],
        [Store] = [Core],
        [Service] = [Core, Pbx, Store],
    };

    [Fact]
    public void Projects_refer_only_toward_core()
    {
        foreach (var (project, allowed) in s_allowed)
        {
            var file = XDocument.Parse(Repository.Read($"src/{project}/{project}.csproj"));
            var named = file.Descendants("ProjectReference").Select(node => Path.GetFileNameWithoutExtension((string)node.Attribute("Include")!));
            Assert.Empty(named.Except(allowed));
        }
    }

    [Fact]
    public void Assemblies_refer_only_toward_core()
    {
        foreach (var (project, allowed) in s_allowed)
        {
            var named = AssemblyCheck.Of(Repository.AssemblyOf(project)).Assemblies.Where(name => name.StartsWith("FloorMonitor.", StringComparison.Ordinal));
            Assert.Empty(named.Except(allowed));
        }

        // Had nothing been read, nothing would have been found: the service leans on all three.
        Assert.Contains(Core, AssemblyCheck.Of(Repository.AssemblyOf(Pbx)).Assemblies);
    }

    [Fact]
    public void Every_project_of_src_is_known_here() =>
        Assert.Equal(
            s_allowed.Keys.Order(StringComparer.Ordinal),
            Repository.Files.Where(file => file.StartsWith("src/", StringComparison.Ordinal) && file.EndsWith(".csproj", StringComparison.Ordinal))
                .Select(file => Path.GetFileNameWithoutExtension(file)));

    [Fact]
    public void Core_takes_no_package_and_nothing_but_the_base_library()
    {
        var file = XDocument.Parse(Repository.Read($"src/{Core}/{Core}.csproj"));
        Assert.Empty(file.Descendants("PackageReference").Concat(file.Descendants("FrameworkReference")));
        Assert.All(AssemblyCheck.Of(Repository.AssemblyOf(Core)).Assemblies, name => Assert.StartsWith("System.", name, StringComparison.Ordinal));
    }

    [Fact]
    public void Core_is_pure() => Findings.None(AssemblyCheck.Of(Repository.AssemblyOf(Core)).Impurities());

    [Fact]
    public void Only_pbx_opens_sockets()
    {
        // That a socket failed may be known elsewhere; opening one may not. The embedded store asks for a free port of its own.
        string[] harmless = ["System.Net.Sockets.SocketException", "System.Net.Sockets.SocketError", "System.Net.Sockets.AddressFamily"];
        string[] portProbe = ["System.Net.Sockets.TcpListener"];
        foreach (var project in s_allowed.Keys.Where(project => project != Pbx))
        {
            var types = AssemblyCheck.Of(Repository.AssemblyOf(project)).Types;
            Findings.None(types.Where(type => type.StartsWith("System.Net.Sockets.", StringComparison.Ordinal)).Except(harmless).Except(project == Store ? portProbe : []).Select(type => $"{project} uses {type}"));
        }
    }
}
