using FloorMonitor.HouseRules.Tests.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FloorMonitor.HouseRules.Tests;

/// <summary>Each check finds what it is for and leaves what it is not: none of them can pass for want of sight.</summary>
public sealed class CheckTests
{
    [Theory]
    [InlineData("var now = DateTime.UtcNow;")]
    [InlineData("var now = System.DateTimeOffset.Now;")]
    [InlineData("var day = DateTime.Today;")]
    [InlineData("Thread.Sleep(5);")]
    [InlineData("await Task.Delay(5);")]
    [InlineData("await Task.Delay(wait, stop);")]
    [InlineData("var watch = Stopwatch.StartNew();")]
    [InlineData("using System.Reactive.Linq; feed.Throttle(pause).Subscribe();")]
    [InlineData("using System.Reactive.Linq; Observable.Interval(pause);")]
    [InlineData("using System.Reactive.Linq; feed.Buffer(TimeSpan.FromSeconds(1));")]
    public void A_look_at_the_machines_clock_is_found(string bad) => Assert.Single(ClockCheck.In(Source.Of(bad)));

    [Theory]
    [InlineData("var now = time.GetUtcNow();")]
    [InlineData("await Task.Delay(wait, timeProvider, stop);")]
    [InlineData("await Task.Delay(wait, _clock);")]
    [InlineData("using System.Reactive.Linq; feed.Buffer(100).Select(x => x.Delay);")]
    public void A_time_provider_is_left_alone(string good) => Assert.Empty(ClockCheck.In(Source.Of(good)));

    [Fact]
    public void A_stopwatch_is_left_alone_in_the_benchmarks() =>
        Assert.Empty(ClockCheck.In(Source.Of("Stopwatch.StartNew();", "tests/FloorMonitor.Benchmarks/Some.cs")));

    [Theory]
    [InlineData("try { } catch { }")]
    [InlineData("try { } catch (Exception) { }")]
    [InlineData("try { } catch (System.Exception e) { Log(e); }")]
    [InlineData("try { } catch (Exception e) when (!stopping) { } // no")]
    public void A_silent_catch_of_everything_is_found(string bad) => Assert.Single(CatchCheck.In(Source.Of(bad)));

    [Theory]
    [InlineData("try { } catch (IOException) { }")]
    [InlineData("try { } catch { Close(); throw; }")]
    [InlineData("try { } catch (Exception e) when (IsStoreTrouble(e)) { }")]
    [InlineData("try { } catch (Exception e) when (e is IOException or SocketException) { }")]
    [InlineData("try { }\n// A rule that throws must not end the floor.\ncatch (Exception e) { Log(e); }")]
    [InlineData("try { }\ncatch (Exception e)\n{\n    // A rule that throws must not end the floor.\n    Log(e);\n}")]
    public void A_catch_that_says_why_is_left_alone(string good) => Assert.Empty(CatchCheck.In(Source.Of(good)));

    [Theory]
    [InlineData("record Member(string Interface);")]
    [InlineData("class X { string StateInterface { get; } }")]
    [InlineData("class X { void Do(string uniqueid) { } }")]
    [InlineData("class CCAction;")]
    [InlineData("enum Kind { PjsipPhone }")]
    public void A_switchs_word_is_found(string bad) => Assert.Single(WordsCheck.In(Source.Of(bad)));

    [Theory]
    [InlineData("record Member(string Address, string Account, string Amid);")]
    [InlineData("interface IRule { string Id { get; } }")]
    public void The_floors_words_are_left_alone(string good) => Assert.Empty(WordsCheck.In(Source.Of(good)));

    [Fact]
    public void A_public_type_without_a_word_is_found()
    {
        Assert.Single(DocumentationCheck.In(Source.Of("public sealed class Bare;")));
        Assert.Single(DocumentationCheck.In(Source.Of("/// <summary>Said.</summary>\npublic class Said { public enum Bare { A } }")));
        Assert.Empty(DocumentationCheck.In(Source.Of("/// <summary>Said.</summary>\npublic sealed class Said;\ninternal class Own;")));
    }

    [Theory]
    [InlineData("class XTests { [Fact] public void Works() { } }")]
    [InlineData("class XTests { [Theory] public void Test_it() { } }")]
    [InlineData("class Xs { [Fact] public void It_does_this_well() { } }")]
    [InlineData("class XTests { [Fact(Skip = \"later\")] public void It_does_this_well() { } }")]
    [InlineData("class XTests { [Fact] public void It_does_this_well() { Assert.True(true); } }")]
    public void A_test_that_is_no_test_is_found(string bad) => Assert.Single(TestNamesCheck.In(Source.Of(bad)));

    [Fact]
    public void A_sentence_is_left_alone() =>
        Assert.Empty(TestNamesCheck.In(Source.Of("class XTests { [Fact] public void A_break_goes_on() { Assert.True(ok); } void Helper() { } }")));

    [Fact]
    public void A_rule_without_its_test_file_is_found()
    {
        var ids = RulesCheck.IdsIn(Source.Of("public sealed record SettleIn : IAgentRule { public string Id => \"settle-in\"; }")).ToList();
        Assert.Equal(["settle-in"], ids);
        Assert.Single(RulesCheck.Untested(ids, ["tests/FloorMonitor.Core.Tests/Rules/BreakLimitTests.cs"]));
        Assert.Empty(RulesCheck.Untested(ids, ["tests/FloorMonitor.Core.Tests/Rules/SettleInTests.cs"]));
    }

    [Fact]
    public void A_file_of_one_line_too_many_is_found()
    {
        Assert.Single(FilesCheck.TooLong("a.cs", new string('\n', FilesCheck.MostLines + 1)));
        Assert.Empty(FilesCheck.TooLong("a.cs", new string('\n', FilesCheck.MostLines)));
        Assert.True(FilesCheck.IsCode("tests/run") && FilesCheck.IsCode("tests/lab/asterisk") && FilesCheck.IsCode("dashboard/src/a.ts"));
        Assert.False(FilesCheck.IsCode("dashboard/package-lock.json"));
    }

    [Theory]
    [InlineData("see https://registry.somewhere.example/pkg")]
    [InlineData("deb http://ftp.debian.example/debian bookworm main")]
    [InlineData("source = api.nuget" + ".org")]
    public void A_package_source_is_found(string bad) => Assert.Single(FilesCheck.RegistryHosts("a.txt", bad));

    [Theory]
    [InlineData("xmlns=\"http://www.w3.org/2000/svg\" http://127.0.0.1:8080 https://docs.asterisk.org/x")]
    [InlineData("Debian's package redis-server")]
    public void Other_addresses_are_left_alone(string good) => Assert.Empty(FilesCheck.RegistryHosts("a.txt", good));

    [Theory]
    [InlineData("cd /work" + "/here")]
    [InlineData("\"/root\"")]
    [InlineData("path=/home/ann/x")]
    public void A_path_of_one_machine_is_found(string bad) => Assert.Single(FilesCheck.MachinePaths("a.txt", bad));

    [Theory]
    [InlineData("src/work/here and $HOME/work/x and /mnt/etc and ~/root/x")]
    [InlineData("GET /roots")]
    public void Other_paths_are_left_alone(string good) => Assert.Empty(FilesCheck.MachinePaths("a.txt", good));

    [Fact]
    public void Work_put_off_is_found()
    {
        Assert.Single(FilesCheck.Leftovers("a.cs", "// " + "TO" + "DO: later"));
        Assert.Single(FilesCheck.Leftovers("a.test.ts", "it" + ".skip('x')"));
        Assert.Empty(FilesCheck.Leftovers("a.cs", "list.Skip(1)"));
    }

    [Fact]
    public void A_path_that_is_not_there_is_found()
    {
        string[] files = ["src/A/B.cs", "config/floor.yaml", ".ci/run"];
        Assert.Single(FilesCheck.MissingPaths("README.md", "see `src/A/C.cs`", files));
        Assert.Empty(FilesCheck.MissingPaths("README.md", "see `src/A/B.cs`, src/A/, `./config/*.yaml`, .ci/run. http://x/src/none", files));
    }

    [Theory]
    [InlineData("System.IO.File.Exists(\"x\")", "uses System.IO.File")]
    [InlineData("System.DateTimeOffset.UtcNow", "uses System.DateTimeOffset.get_UtcNow")]
    [InlineData("System.Threading.Tasks.Task.CompletedTask", "uses System.Threading.Tasks.Task")]
    [InlineData("System.TimeProvider.System", "uses System.TimeProvider")]
    [InlineData("System.Net.Dns.GetHostName()", "uses System.Net.Dns")]
    public void An_impure_assembly_is_found(string expression, string finding) => Assert.Contains(finding, Compile(expression).Impurities());

    [Theory]
    [InlineData("System.Collections.Immutable.ImmutableArray.Create(1).Length")]
    [InlineData("System.TimeSpan.FromSeconds(1).ToString(\"c\", System.Globalization.CultureInfo.InvariantCulture)")]
    public void A_pure_assembly_is_left_alone(string expression) => Assert.Empty(Compile(expression).Impurities());

    private static AssemblyCheck Compile(string expression)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(
            "Snippet",
            [CSharpSyntaxTree.ParseText($"public static class Snippet {{ public static object Value() => {expression}; }}")],
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        var stream = new MemoryStream();
        var result = compilation.Emit(stream);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        stream.Position = 0;
        return AssemblyCheck.Of(stream);
    }
}
