using System.Text;
using System.Text.Json;
using CsCheck;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;
using FloorMonitor.Store.Serialization;
using FloorMonitor.Store.Tests.Support;

namespace FloorMonitor.Store.Tests.Serialization;

public sealed class JournalJsonTests
{
    public static TheoryData<string> EventTypes => [.. FloorJson.EventTypes.Keys];

    [Theory]
    [MemberData(nameof(EventTypes))]
    public void Every_kind_of_event_comes_back_as_it_was(string type) =>
        Gen.Int.Sample(seed =>
        {
            var was = (FloorEvent)new AnyValue(seed).Make(FloorJson.EventTypes[type])!;
            var entry = new JournalEntry(7, was.At, was.Source, "Event: x\r\n\r\n", [was]);
            var back = Read(Bytes(entry));
            Assert.Equal(entry, back);
            Assert.IsType(was.GetType(), back!.Events[0]);
        }, iter: 50);

    [Fact]
    public void Every_floor_comes_back_as_it_was() =>
        Gen.Int.Sample(seed =>
        {
            var was = new AnyValue(seed).Make<FloorState>();
            var back = JsonSerializer.Deserialize<FloorState>(JsonSerializer.SerializeToUtf8Bytes(was, FloorJson.Options), FloorJson.Options);
            Assert.Equal(was, back);
        }, iter: 200);

    [Fact]
    public void Every_verdict_comes_back_as_it_was() =>
        Gen.Int.Sample(seed =>
        {
            var was = new AnyValue(seed).Make<Verdict>();
            Assert.Equal(was, JsonSerializer.Deserialize<Verdict>(JsonSerializer.SerializeToUtf8Bytes(was, FloorJson.Options), FloorJson.Options));
        }, iter: 200);

    [Fact]
    public void The_scan_finds_the_events_that_the_floor_has()
    {
        Assert.Contains(nameof(Tick), FloorJson.EventTypes.Keys);
        Assert.Contains(nameof(FeedSynced), FloorJson.EventTypes.Keys);
        Assert.True(FloorJson.EventTypes.Count >= 26, "The hierarchy has shrunk: an event that old journals hold is gone.");
    }

    [Fact]
    public void An_event_of_a_newer_version_is_named_and_the_rest_of_its_entry_is_read()
    {
        var at = DateTimeOffset.UnixEpoch.AddDays(20_000);
        var json = Encoding.UTF8.GetString(Bytes(new JournalEntry(3, at, "pbx", "raw", [new Tick(at), new Tick(at.AddSeconds(1))])));
        var place = json.IndexOf("\"Tick\"", StringComparison.Ordinal);
        json = json[..place] + "\"CoffeeSpilled\"" + json[(place + 6)..];
        var unknown = new List<string>();
        var back = JournalJson.Read(Encoding.UTF8.GetBytes(json), unknown.Add);
        Assert.Equal(["CoffeeSpilled"], unknown);
        Assert.Equal(new JournalEntry(3, at, "pbx", "raw", [new Tick(at.AddSeconds(1))]), back);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"id\":1}")]
    [InlineData("{\"id\":\"x\",\"at\":1,\"source\":2,\"raw\":3,\"events\":4}")]
    [InlineData("{\"id\":1,\"at\":\"yesterday\",\"source\":\"\",\"raw\":\"\",\"events\":[1,null,{}]}")]
    public void What_is_no_entry_is_none_and_nothing_is_thrown(string json) => Assert.Null(JournalJson.Read(Encoding.UTF8.GetBytes(json), _ => { }));

    private static byte[] Bytes(JournalEntry entry) => JsonSerializer.SerializeToUtf8Bytes(entry, FloorJson.Options);

    private static JournalEntry? Read(byte[] json) => JournalJson.Read(json, name => Assert.Fail($"{name} is not known"));
}
