-- The one filter between the chapters and their two forms, the page and the PDF.

-- Spaces that pandoc's Typst writer turns into nothing valid.
local function mended(tex)
  return (tex:gsub("\\!", ""):gsub("\\;", "\\ "))
end

local function typst_string(text)
  return '"' .. text:gsub("\\", "\\\\"):gsub('"', '\\"'):gsub("%s+", " ") .. '"'
end

-- The Typst of one formula without its dollars.
local function formula(math)
  local inline = pandoc.Math("InlineMath", mended(math.text))
  local written = pandoc.write(pandoc.Pandoc({ pandoc.Plain({ inline }) }), "typst")
  return (written:gsub("^%s*%$", ""):gsub("%$%s*$", ""))
end

-- A formula as a Typst call, because PDF/UA asks for a description of each. The
-- semicolon ends the call: a bracket that follows in the prose would continue it.
local function equation(math, number)
  local block = math.mathtype == "DisplayMath"
  local numbering = number and ('numbering: _ => "(' .. number .. ')", ') or ""
  local body = block and ("$ " .. formula(math) .. " $") or ("$" .. formula(math) .. "$")
  return "#math.equation(block: " .. tostring(block) .. ", " .. numbering
    .. "alt: " .. typst_string(math.text) .. ", " .. body .. ".body);"
end

local function numbered_equation(div)
  local math = div.content[1].content[1]
  local number = div.attributes.number
  if FORMAT == "typst" then
    return pandoc.RawBlock("typst", equation(math, number):gsub(";$", "") .. " <" .. div.identifier .. ">")
  end
  div.attributes.number = nil
  div.content = {
    pandoc.Para({ math }),
    pandoc.RawBlock("html", '<span class="eqno">(' .. number .. ")</span>"),
  }
  return div
end

return {
  { Div = function(div)
      if div.classes:includes("equation") then return numbered_equation(div) end
    end },
  { Math = function(math)
      if FORMAT == "typst" then return pandoc.RawInline("typst", equation(math)) end
    end },
}
