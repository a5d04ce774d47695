using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Tests.Floor;

public sealed class AgentDirectoryTests
{
    private static readonly AgentDirectory Directory = new(FloorSetup.Default with
    {
        Agents =
        [
            new("wang", "Wang", null, "PJSIP/1001"), new("li", "Li", null, "Local/1002@agents/n"), new("zhao", "Zhao", null, "1003"),
            new("chen", "Chen", null, "hint:1004@ctx"), new("sun", "Sun", null, "Agent/1005"), new("twin1", "Twin", null, "SIP/1006"), new("twin2", "Twin", null, "PJSIP/1006"),
        ],
    });

    [Theory]
    [InlineData("PJSIP/1001", "wang")]
    [InlineData("pjsip/1001", "wang")]
    [InlineData("SIP/1001", "wang")]
    [InlineData("Local/1001@agents/n", "wang")]
    [InlineData("PJSIP/1001-0000002a", "wang")]
    [InlineData("Local/1002@agents", "li")]
    [InlineData("local/1002@AGENTS/nj", "li")]
    [InlineData("PJSIP/1003", "zhao")]
    [InlineData("1003", "zhao")]
    [InlineData("1004", "chen")]
    [InlineData("hint:1004@ctx", "chen")]
    [InlineData("Agent/1005", "sun")]
    [InlineData("SIP/1006", "twin1")]
    [InlineData("PJSIP/1006", "twin2")]
    public void An_address_in_any_of_its_forms_is_one_persons(string address, string agent)
    {
        Assert.Equal(agent, Directory.KnownAgentAt(address));
        Assert.Equal(agent, Directory.AgentAt("main", address));
    }

    [Theory]
    [InlineData("Local/1006@agents/n")]
    [InlineData("PJSIP/trunk")]
    [InlineData("PJSIP/1001@trunk")]
    [InlineData("DAHDI/1-1")]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("Local/@/n")]
    [InlineData("PJSIP/张")]
    public void An_address_of_nobody_or_of_two_is_shown_as_itself(string address)
    {
        Assert.Null(Directory.KnownAgentAt(address));
        Assert.Equal("main:" + address, Directory.AgentAt("main", address));
    }

    [Theory]
    [InlineData("PJSIP/1001", "1001")]
    [InlineData("Local/1001@agents/n", "1001")]
    [InlineData("hint:1001@ctx", "1001")]
    [InlineData("Agent/1001", "1001")]
    [InlineData("1001", "1001")]
    [InlineData("SIP/desk-7-0000abcd", "desk-7")]
    [InlineData("PJSIP/5551234@trunk", null)]
    [InlineData("", null)]
    [InlineData("SIP/", null)]
    public void The_seat_is_the_extension_of_the_address(string address, string? seat) => Assert.Equal(seat, AgentDirectory.SeatOf(address));

    [Fact]
    public void The_way_back_is_known_too()
    {
        Assert.Equal(("PJSIP/1001", "Wang"), (Directory.AddressOf("wang"), Directory.Find("wang")!.Name));
        Assert.Null(Directory.AddressOf("nobody"));
        Assert.Null(new AgentDirectory(FloorSetup.Default).KnownAgentAt("PJSIP/1001"));
    }
}
