using FloorMonitor.Core.Floor;
using FloorMonitor.Pbx.Sip.Watch;
using static FloorMonitor.Pbx.Tests.Sip.Watch.Capture;

namespace FloorMonitor.Pbx.Tests.Sip.Watch;

/// <summary>What real PBXs say of a phone, each trap of theirs by name, and the one state that comes of it.</summary>
public sealed class PhonePictureTests
{
    private static (PhoneState, string) State(PhonePicture picture) => picture.See() is var seen ? (seen.Phone, seen.Word) : default;

    [Theory]
    [InlineData("notify-dialog-01", PhoneState.Idle)]
    [InlineData("notify-dialog-02", PhoneState.Ringing)]
    [InlineData("notify-dialog-03", PhoneState.Ringing)]
    [InlineData("notify-dialog-04", PhoneState.InUse)]
    [InlineData("notify-dialog-05", PhoneState.Idle)]
    [InlineData("notify-dialog-07", PhoneState.Idle)]
    public void The_captured_dialog_documents_are_a_call_that_tries_rings_talks_and_ends(string name, PhoneState phone) =>
        Assert.Equal((phone, "dialog"), State(new PhonePicture().Hears(PhonePackage.Dialog, Body(name))));

    [Fact]
    public void The_captured_call_has_a_direction_an_id_and_the_other_sides_number()
    {
        var picture = new PhonePicture().Hears(PhonePackage.Dialog, Body("notify-dialog-04"));
        var seen = picture.See();
        Assert.Equal(("0301234567", CallDirection.Inbound, "call-1@ext"), (seen.Party, seen.Direction, picture.Call!.Call));
    }

    [Fact]
    public void The_captured_reg_documents_are_a_phone_that_comes_and_goes_though_every_one_is_version_0_and_full()
    {
        var picture = new PhonePicture().Hears(PhonePackage.Reg, Body("notify-reg-02"));
        Assert.Equal((PhoneState.Idle, "reg"), State(picture));
        Assert.True(picture.CanBeReached);
        Assert.Equal((PhoneState.Unreachable, "reg"), State(picture.Hears(PhonePackage.Reg, Body("notify-reg-03"))));
        Assert.Equal((PhoneState.Idle, "reg"), State(picture.Hears(PhonePackage.Reg, Body("notify-reg-02"))));
    }

    [Fact]
    public void The_captured_presence_documents_are_read_with_their_contradictory_tuples()
    {
        var picture = new PhonePicture().Hears(PhonePackage.Presence, Body("notify-presence-02"));
        Assert.Equal((PhoneState.Idle, "presence"), State(picture));
        Assert.Equal((PhoneState.InUse, "presence"), State(picture.Hears(PhonePackage.Presence, Body("notify-presence-03"))));
        // One tuple is open and says "on the phone", the registrar's is closed: who talks is there.
        Assert.Equal((PhoneState.InUse, "presence"), State(picture.Hears(PhonePackage.Presence, Body("notify-presence-04"))));
    }

    [Fact]
    public void Of_contradictory_tuples_the_open_one_is_believed_and_the_registrar_before_both()
    {
        var picture = new PhonePicture().Hears(PhonePackage.Presence, Pidf(Tuple("closed") + Tuple("open") + Tuple("closed")));
        Assert.Equal((PhoneState.Idle, "presence"), State(picture));
        Assert.Equal((PhoneState.Unreachable, "reg"), State(picture.Hears(PhonePackage.Reg, Body("notify-reg-03"))));
        Assert.Equal((PhoneState.Idle, "reg"), State(picture.Hears(PhonePackage.Reg, Body("notify-reg-02")).Hears(PhonePackage.Presence, Pidf(Tuple("closed")))));
    }

    [Fact]
    public void An_Asterisk_says_terminated_of_a_phone_that_is_idle_and_of_one_that_is_gone_and_the_note_tells()
    {
        var idle = Dialogs(0, "full", """<dialog id="201"><state>terminated</state></dialog>""");
        var picture = new PhonePicture().Hears(PhonePackage.Dialog, idle).Hears(PhonePackage.Presence, Pidf(Tuple("open", "Ready")));
        Assert.Equal((PhoneState.Idle, "dialog"), State(picture));
        Assert.Equal((PhoneState.Unreachable, "presence"), State(picture.Hears(PhonePackage.Presence, Pidf(Tuple("closed", "Unavailable")))));
    }

    [Theory]
    [InlineData("open", "Ready", PhoneState.Idle)]
    [InlineData("open", "On the phone", PhoneState.InUse)]
    [InlineData("closed", "On the phone", PhoneState.InUse)]
    [InlineData("open", "Ringing", PhoneState.Ringing)]
    [InlineData("open", "On hold", PhoneState.OnHold)]
    [InlineData("closed", "Unavailable", PhoneState.Unreachable)]
    [InlineData("open", "in der Pause", PhoneState.Idle)]
    public void The_notes_of_an_Asterisk_tell_where_no_dialog_does(string basic, string note, PhoneState phone) =>
        Assert.Equal((phone, "presence"), State(new PhonePicture().Hears(PhonePackage.Presence, Pidf(Tuple(basic, note)))));

    [Fact]
    public void Where_dialogs_are_told_they_say_whether_the_phone_is_on_a_call_and_presence_does_not()
    {
        var picture = new PhonePicture().Hears(PhonePackage.Dialog, Body("notify-dialog-01")).Hears(PhonePackage.Presence, Body("notify-presence-03"));
        Assert.Equal((PhoneState.Idle, "dialog"), State(picture));
    }

    [Fact]
    public void A_phone_that_talks_is_there_though_its_registration_is_over()
    {
        var picture = new PhonePicture().Hears(PhonePackage.Reg, Body("notify-reg-03")).Hears(PhonePackage.Dialog, Body("notify-dialog-04"));
        Assert.Equal((PhoneState.InUse, "dialog"), State(picture));
        Assert.True(picture.CanBeReached);
    }

    [Fact]
    public void The_first_notify_of_reg_and_presence_may_have_no_body_and_is_no_word()
    {
        var picture = new PhonePicture().Hears(PhonePackage.Presence, Body("notify-presence-01")).Hears(PhonePackage.Reg, Body("notify-reg-01"));
        var seen = picture.See();
        Assert.Equal((PhoneState.Unknown, ""), (seen.Phone, seen.Word));
        Assert.Null(picture.CanBeReached);
        Assert.Equal("The PBX has not said anything of this phone", seen.Lost!.En);
        Assert.Equal("交换机尚未报告过此话机", seen.Lost.Zh);
    }

    [Fact]
    public void No_body_after_the_phone_was_gone_leaves_it_gone_and_after_it_was_there_is_no_word()
    {
        var gone = new PhonePicture().Hears(PhonePackage.Reg, Body("notify-reg-03")).Hears(PhonePackage.Reg, []);
        Assert.Equal((PhoneState.Unreachable, "reg"), State(gone));
        var there = new PhonePicture().Hears(PhonePackage.Reg, Body("notify-reg-02")).Hears(PhonePackage.Reg, []);
        Assert.NotNull(there.See().Lost);
    }

    [Fact]
    public void No_body_of_the_dialog_package_means_no_calls()
    {
        var picture = new PhonePicture().Hears(PhonePackage.Dialog, Body("notify-dialog-04")).Hears(PhonePackage.Dialog, []);
        Assert.Equal((PhoneState.Idle, "dialog"), State(picture));
    }

    [Fact]
    public void Of_several_dialogs_one_of_them_stale_the_busiest_wins()
    {
        var picture = new PhonePicture().Hears(PhonePackage.Dialog, Dialogs(1, "full", Dialog("stale", "terminated"), Dialog("b", "early"), Dialog("c", "trying", "initiator")));
        Assert.Equal(PhoneState.Ringing, picture.See().Phone);
        picture.Hears(PhonePackage.Dialog, Dialogs(2, "full", Dialog("ring", "early"), Dialog("old", "confirmed", party: "13800001234")));
        Assert.Equal((PhoneState.InUse, "13800001234"), (picture.See().Phone, picture.See().Party));
        picture.Hears(PhonePackage.Dialog, Dialogs(3, "full", Dialog("held", "confirmed", local: Held), Dialog("ring", "early")));
        Assert.Equal(PhoneState.OnHold, picture.See().Phone);
    }

    [Fact]
    public void Who_calls_is_busy_from_the_first_moment_and_a_number_of_the_floor_makes_the_call_internal()
    {
        var picture = new PhonePicture().Hears(PhonePackage.Dialog, Dialogs(1, "full", Dialog("d", "trying", "initiator", "202")));
        Assert.Equal((PhoneState.InUse, CallDirection.Internal), (picture.See().Phone, picture.See().Direction));
        picture.Hears(PhonePackage.Dialog, Dialogs(2, "full", Dialog("d", "early", "initiator")));
        Assert.Equal((PhoneState.InUse, CallDirection.Outbound), (picture.See().Phone, picture.See().Direction));
    }

    [Fact]
    public void A_partial_document_that_follows_adds_to_what_is_known_and_one_that_skips_asks_for_everything_again()
    {
        var picture = new PhonePicture().Hears(PhonePackage.Dialog, Dialogs(4, "full", Dialog("a", "confirmed")));
        picture.Hears(PhonePackage.Dialog, Dialogs(5, "partial", Dialog("b", "early")));
        picture.Hears(PhonePackage.Dialog, Dialogs(6, "partial", Dialog("a", "terminated")));
        Assert.Equal(PhoneState.Ringing, picture.See().Phone);
        Assert.False(picture.Take(PhonePackage.Dialog, Dialogs(6, "partial", Dialog("b", "terminated")), 1).AskAgain);
        Assert.Equal(PhoneState.Ringing, picture.See().Phone);
        Assert.True(picture.Take(PhonePackage.Dialog, Dialogs(8, "partial", Dialog("b", "terminated")), 1).AskAgain);
        Assert.Equal(PhoneState.Ringing, picture.See().Phone);
        // Until the whole list has come nothing partial can be trusted.
        Assert.True(picture.Take(PhonePackage.Dialog, Dialogs(9, "partial", Dialog("c", "early")), 1).AskAgain);
        Assert.Equal(PhoneState.Idle, picture.Hears(PhonePackage.Dialog, Dialogs(2, "full")).See().Phone);
    }

    [Fact]
    public void A_partial_document_of_a_new_subscription_has_nothing_to_add_to()
    {
        var picture = new PhonePicture().Hears(PhonePackage.Dialog, Dialogs(4, "full", Dialog("a", "confirmed")), subscription: 1);
        Assert.True(picture.Take(PhonePackage.Dialog, Dialogs(5, "partial", Dialog("a", "terminated")), 2).AskAgain);
        Assert.Equal(PhoneState.InUse, picture.See().Phone);
    }

    [Fact]
    public void Partial_registrations_follow_one_another_too()
    {
        var picture = new PhonePicture().Hears(PhonePackage.Reg, Reg("full", 3, Registration("r", "active", "active") + Registration("s", "init", "active")));
        picture.Hears(PhonePackage.Reg, Reg("partial", 4, Registration("r", "terminated", "terminated")));
        Assert.Equal(PhoneState.Unreachable, picture.See().Phone);
        Assert.True(picture.Take(PhonePackage.Reg, Reg("partial", 6, Registration("r", "active", "active")), 1).AskAgain);
        Assert.Equal(PhoneState.Unreachable, picture.See().Phone);
    }

    [Fact]
    public void A_registration_whose_contacts_are_all_over_reaches_nobody()
    {
        var picture = new PhonePicture().Hears(PhonePackage.Reg, Reg("full", 0, Registration("r", "active", "terminated")));
        Assert.Equal(PhoneState.Unreachable, picture.See().Phone);
        Assert.Equal(PhoneState.Unreachable, picture.Hears(PhonePackage.Reg, Reg("full", 0, "")).See().Phone);
    }

    [Fact]
    public void A_package_that_the_PBX_refuses_is_made_up_for_by_the_others_and_only_when_none_tells_the_phone_is_out_of_sight()
    {
        var picture = new PhonePicture().Hears(PhonePackage.Dialog, Body("notify-dialog-04")).Hears(PhonePackage.Presence, Pidf(Tuple("open", "Ringing")));
        picture.Lose(PhonePackage.Dialog, "489 Bad Event");
        Assert.Equal((PhoneState.Ringing, "presence"), State(picture));
        picture.Lose(PhonePackage.Presence, "404 Not Found");
        Assert.Equal("This phone cannot be watched: 489 Bad Event", picture.See().Lost!.En);
        Assert.Equal("看不到此话机:489 Bad Event", picture.See().Lost!.Zh);
        Assert.Null(picture.CanBeReached);
    }

    [Fact]
    public void A_registered_phone_whose_calls_are_told_no_more_is_not_called_idle()
    {
        var picture = new PhonePicture().Hears(PhonePackage.Dialog, Body("notify-dialog-04")).Hears(PhonePackage.Reg, Body("notify-reg-02"));
        picture.Lose(PhonePackage.Dialog, "no NOTIFY came");
        Assert.Equal((PhoneState.Unknown, "This phone cannot be watched: no NOTIFY came"), (picture.See().Phone, picture.See().Lost?.En));
        Assert.True(picture.CanBeReached);
        Assert.Equal((PhoneState.Unreachable, "reg"), State(picture.Hears(PhonePackage.Reg, Body("notify-reg-03"))));
        Assert.Equal((PhoneState.Idle, "reg"), State(new PhonePicture().Hears(PhonePackage.Reg, Body("notify-reg-02"))));
    }

    [Fact]
    public void A_phone_of_which_nobody_has_answered_yet_is_out_of_sight() =>
        Assert.Equal("The PBX has not answered for this phone yet", new PhonePicture().See().Lost!.En);
}
