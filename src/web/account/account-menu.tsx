import { Link, useRouter } from '@tanstack/react-router'
import { LayoutGrid, LogOut, Moon, Sun, UserPlus } from 'lucide-react'
import { useState } from 'react'
import type { Viewer } from '../bridge/types.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Button, buttonStyle } from '../ui/button.tsx'
import { Dialog, DialogContent } from '../ui/dialog.tsx'
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '../ui/dropdown-menu.tsx'
import { toast } from '../ui/toast.tsx'
import { authClient } from './auth-client.ts'
import { type Theme, setTheme, useTheme } from './theme.ts'

/** Who is signed in, and what one does about that. */
export function AccountMenu({ viewer }: { readonly viewer: Viewer }) {
  const [leaving, setLeaving] = useState(false)
  const signOut = useSignOut()
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger aria-label={`Account: ${viewer.name}`} className="rounded-full focus-visible:outline-offset-2">
          <Avatar name={viewer.name} />
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end" className="w-60">
          <div className="px-2 pt-1.5 pb-2">
            <div className="truncate text-[12.5px] font-semibold">{viewer.name}</div>
            <div className={viewer.isGuest ? 'text-xs text-muted' : 'truncate text-xs text-muted'}>
              {viewer.isGuest ? 'No account yet: only this browser can open your projects.' : viewer.email}
            </div>
          </div>
          <DropdownMenuSeparator />
          <DropdownMenuItem asChild>
            <Link to="/dashboard">
              <LayoutGrid aria-hidden="true" /> Your projects
            </Link>
          </DropdownMenuItem>
          {viewer.isGuest ? (
            <DropdownMenuItem asChild>
              <Link to="/signup">
                <UserPlus aria-hidden="true" /> Create an account
              </Link>
            </DropdownMenuItem>
          ) : null}
          <DropdownMenuSeparator />
          <ThemeChoice />
          <DropdownMenuSeparator />
          <DropdownMenuItem onSelect={() => (viewer.isGuest ? setLeaving(true) : void signOut())}>
            <LogOut aria-hidden="true" /> Sign out
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <Dialog open={leaving} onOpenChange={setLeaving}>
        <DialogContent
          title="Leave your projects behind?"
          description="You are a guest: only this browser can open what you made. After signing out nobody can. With an account you keep it all."
          footer={
            <>
              <Button variant="ghost" onClick={() => void signOut()}>
                Sign out and leave them
              </Button>
              <Link to="/signup" className={buttonStyle({ variant: 'primary' })}>
                Create an account
              </Link>
            </>
          }
        />
      </Dialog>
    </>
  )
}

function ThemeChoice() {
  const theme = useTheme()
  return (
    <DropdownMenuRadioGroup value={theme} onValueChange={(value) => setTheme(value as Theme)} aria-label="Theme">
      <DropdownMenuRadioItem value="dark">
        <Moon aria-hidden="true" /> Dark
      </DropdownMenuRadioItem>
      <DropdownMenuRadioItem value="light">
        <Sun aria-hidden="true" /> Light
      </DropdownMenuRadioItem>
    </DropdownMenuRadioGroup>
  )
}

function useSignOut() {
  const router = useRouter()
  return async () => {
    const { error } = await authClient.signOut().catch(() => ({ error: { status: 0 } }))
    if (error) {
      toast.error('You are still signed in', { description: 'The server could not be reached. Try again in a moment.' })
      return
    }
    await router.navigate({ to: '/' })
    await router.invalidate()
  }
}
