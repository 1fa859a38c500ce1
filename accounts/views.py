"""The pages of a person: profile and theme, and the list of workspaces."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import PersonalRequest, signed_in
from accounts.forms import ProfileForm
from accounts.operations import update_profile
from accounts.queries import sign_in_facts
from accounts.spaces import spaces_of
from core.toasts import toast


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def me(request: PersonalRequest) -> HttpResponse:
    """One's own name and theme, and the way to password, second factor, e-mail and sessions."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if form.is_valid():
        update_profile(actor=request.user, **form.cleaned_data)
        toast(request, _("Profile saved."))
        return redirect("me")
    if form.is_bound:
        request.user.refresh_from_db()
    context = {"form": form, "sign_in": sign_in_facts(request.user)}
    return TemplateResponse(request, "accounts/me.html", context, status=422 if form.is_bound else 200)


@signed_in
@require_safe
def spaces(request: PersonalRequest) -> HttpResponse:
    """The workspaces that one may enter, also the page after signing in: with a single one, straight into it."""
    groups = spaces_of(request.user)
    every = [space for group in groups for space in group.spaces]
    if len(every) == 1:
        return redirect(every[0].url)
    return TemplateResponse(request, "accounts/spaces.html", {"groups": groups})
